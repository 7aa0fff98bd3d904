/** S3 itself: addressing, buckets, their configurations and policies, objects. Every call is decided by the policy evaluator. */
@NullMarked
package org.physionet.provisioner.simulator.aws.s3;

import org.jspecify.annotations.NullMarked;

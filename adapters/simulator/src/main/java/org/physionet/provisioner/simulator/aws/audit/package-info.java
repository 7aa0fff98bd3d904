/** What AWS writes down about calls: S3 server access logs and CloudTrail events, and their delivery into buckets. Uses call, s3 and state. */
@NullMarked
package org.physionet.provisioner.simulator.aws.audit;

import org.jspecify.annotations.NullMarked;

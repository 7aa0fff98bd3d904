/** KMS as far as encrypted buckets need it: keys and their policies are shown and changed. Uses call, policy and state. */
@NullMarked
package org.physionet.provisioner.simulator.aws.kms;

import org.jspecify.annotations.NullMarked;

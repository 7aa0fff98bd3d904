/** KMS as far as encrypted buckets and signed ledgers need it: keys and their policies are shown and changed, Ed25519 keys sign. Uses call, policy and state. */
@NullMarked
package org.physionet.provisioner.simulator.aws.kms;

import org.jspecify.annotations.NullMarked;

package org.physionet.provisioner.adapters.aws.bucketpolicy;

import org.physionet.provisioner.adapters.aws.policy.Readers;

/**
 * What a write does to its resource's statements.
 *
 * @param after whom they let in after it
 * @param onlyRevokes whether it lets nobody new in
 */
record BucketPolicyChange(Readers after, boolean onlyRevokes) {}

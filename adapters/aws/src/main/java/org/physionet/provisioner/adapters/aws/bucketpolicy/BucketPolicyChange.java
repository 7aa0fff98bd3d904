package org.physionet.provisioner.adapters.aws.bucketpolicy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.engine.model.Principal;

/**
 * What a write does to its resource's statements.
 *
 * @param after whom they let in after it
 * @param ours the same by their spelling, for the culprits of a refusal
 * @param onlyRevokes whether it lets nobody new in
 */
record BucketPolicyChange(Readers after, SortedMap<String, Principal> ours, boolean onlyRevokes) {
    BucketPolicyChange {
        ours = Collections.unmodifiableSortedMap(new TreeMap<>(ours));
    }
}

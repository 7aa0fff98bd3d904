package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.model.Principal;

/**
 * One shard's write, as the layout planned it.
 *
 * @param create whether the access point has to be made first
 * @param policy what to put; null: delete the policy
 * @param before what was there when it was planned, null: no policy; put back if AWS calls the new one public
 * @param ours the readers that we put in by their spelling, for the culprits of a refusal
 * @param onlyRevokes whether it lets nobody new in, so that a foreign statement of long standing must not stop it
 */
public record ShardWrite(
        String shard,
        boolean create,
        @Nullable Policy policy,
        @Nullable Policy before,
        SortedMap<String, Principal> ours,
        boolean onlyRevokes) {
    public ShardWrite {
        ours = Collections.unmodifiableSortedMap(new TreeMap<>(ours));
    }
}

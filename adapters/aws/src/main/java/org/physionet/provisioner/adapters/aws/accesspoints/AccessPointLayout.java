package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Map;
import java.util.Set;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;

/**
 * How one resource's readers are written down as access points: names and policies. Pure.
 *
 * @param form how users are named
 * @param optIns what else than users is let in here
 * @param asksStatus whether AWS is asked if a policy that lets people in is public
 * @param canaries principals of our own that stand in every shard when they are let in: each shard's changes are measured
 */
public record AccessPointLayout(
        S3Location location,
        ShardPolicy policy,
        ShardNames names,
        Form form,
        OptIns optIns,
        boolean asksStatus,
        Set<Principal> canaries) {
    public AccessPointLayout {
        canaries = Set.copyOf(canaries);
    }

    /** @throws IllegalArgumentException if the prefix can not begin an access point's name */
    public static AccessPointLayout of(
            S3Location location,
            String region,
            String account,
            String prefix,
            Form form,
            OptIns optIns,
            boolean asksStatus) {
        ShardNames names = new ShardNames(prefix, location);
        return new AccessPointLayout(
                location, new ShardPolicy(region, account, location, names), names, form, optIns, asksStatus, Set.of());
    }

    AccessPointLayout with(Set<Principal> canariesOfOurs) {
        return new AccessPointLayout(location, policy, names, form, optIns, asksStatus, canariesOfOurs);
    }

    public Rendering render(Shards live, Map<Principal, LiveEdge> owned, Target target, Places places) {
        return new AccessPointRendering(this, live, owned, target, places).render();
    }

    /** One step towards the fewest shards; nothing is rendered when they are reached. */
    public Rendering compact(Shards live, Map<Principal, LiveEdge> owned, Target target, Places places) {
        return new AccessPointRendering(this, live, owned, target, places).compact();
    }
}

package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Map;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;

/**
 * How one resource's readers are written down as access points: names and policies. Pure.
 *
 * @param asksStatus whether AWS is asked if a new access point's policy is public
 */
public record AccessPointLayout(S3Location location, ShardPolicy policy, ShardNames names, boolean asksStatus) {

    /** @throws IllegalArgumentException if the prefix can not begin an access point's name */
    public static AccessPointLayout of(
            S3Location location, String region, String account, String prefix, boolean asksStatus) {
        return new AccessPointLayout(
                location,
                new ShardPolicy(region, account, location),
                new ShardNames(prefix, location),
                asksStatus);
    }

    public Rendering render(Shards live, Map<Principal, LiveEdge> owned, Target target, Places places) {
        return new AccessPointRendering(policy, names, live, owned, target, places, asksStatus).render();
    }
}

package org.physionet.provisioner.adapters.gcp.members;

import java.time.Instant;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.ResourceId;

/** The layout of direct members, without a wire. */
public final class Rendered {
    private Rendered() {}

    public static Observation seen(String resource, MemberPolicy policy) {
        return seen(resource, policy, Instant.EPOCH);
    }

    public static Observation seen(String resource, MemberPolicy policy, Instant at) {
        return MembersRendering.observation(
                new ResourceId(resource), at, "the policy", new MembersSeen(policy, true), Map.of());
    }

    public static MemberPolicy policy(Observation seen) {
        return ((MembersSeen) seen.state()).policy();
    }

    public static Rendering render(Observation seen, Target target) {
        return render(seen, target, LeaseRule.NONE);
    }

    public static Rendering render(Observation seen, Target target, LeaseRule leases) {
        return MembersRendering.render(seen, target, leases, "the policy", Map.of("write", 1));
    }
}

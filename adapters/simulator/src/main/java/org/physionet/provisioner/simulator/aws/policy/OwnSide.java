package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller brings along.
 *
 * @param policies its identity policies
 * @param boundary a permissions boundary: what it does not allow, the identity policies do not either
 * @param limit a session policy: what it does not allow, the session may not do
 * @param follows the own side allows whatever the resource's policy allows (CONTRACT, "Simulator", {@code --accounts open}); what its
 *     own policies deny stays denied
 * @param organization service control policies of the caller's account: what they do not allow, nobody there may; none: nothing is held back
 */
public record OwnSide(
        List<PolicyDocument> policies,
        @Nullable PolicyDocument boundary,
        @Nullable PolicyDocument limit,
        List<PolicyDocument> organization,
        boolean follows) {
    public static final OwnSide NONE = new OwnSide(List.of(), null, false);

    /** Without a boundary, in no organization. */
    public OwnSide(List<PolicyDocument> policies, @Nullable PolicyDocument limit, boolean follows) {
        this(policies, null, limit, List.of(), follows);
    }

    public OwnSide {
        policies = List.copyOf(policies);
        organization = List.copyOf(organization);
    }
}

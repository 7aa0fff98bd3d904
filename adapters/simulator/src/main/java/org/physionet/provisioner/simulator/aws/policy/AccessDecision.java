package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument.Effect;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument.Finding;

/**
 * Whether a request is allowed, and by what: AWS's policy evaluation for one caller, its own policies, and the policies on the way.
 *
 * <p>Rules (IAM user guide, "Policy evaluation logic", "Cross-account policy evaluation logic"): an explicit deny anywhere decides;
 * within one account the resource's policy or the caller's own is enough; across accounts both are needed; an account named as
 * principal passes the decision to that account; the root of the owning account may do what is not denied.
 */
public record AccessDecision(boolean allowed, String because) {

    /**
     * @param own the caller's identity policies
     * @param ownSideFollows the caller's own side allows whatever the resource's policy allows it (CONTRACT, "Simulator",
     *     {@code --accounts open}); what its own policies deny stays denied
     */
    public static AccessDecision decide(
            Caller caller,
            List<PolicyDocument> own,
            boolean ownSideFollows,
            String action,
            List<ResourceLayer> layers,
            RequestContext request) {
        RequestContext context = request.and(caller.context());
        for (ResourceLayer layer : layers) {
            for (PolicyDocument policy : own) {
                Finding finding = policy.evaluate(caller, action, layer.resource(), context);
                if (finding.effect() == Effect.DENIES) {
                    return denied("the caller's own policy denies it (" + finding.label() + ")");
                }
            }
        }
        StringBuilder path = new StringBuilder();
        for (ResourceLayer layer : layers) {
            AccessDecision decision = passes(caller, own, ownSideFollows, action, layer, context);
            if (!decision.allowed()) {
                return decision;
            }
            path.append(path.isEmpty() ? "" : ", then ").append(decision.because());
        }
        return new AccessDecision(true, path.toString());
    }

    private static AccessDecision passes(
            Caller caller,
            List<PolicyDocument> own,
            boolean ownSideFollows,
            String action,
            ResourceLayer layer,
            RequestContext context) {
        Finding finding = layer.policy() == null
                ? new Finding(Effect.NOTHING, "")
                : layer.policy().evaluate(caller, action, layer.resource(), context);
        if (finding.effect() == Effect.DENIES) {
            return denied(layer.name() + " denies it (" + finding.label() + ")");
        }
        String granted = layer.name() + " allows it (" + finding.label() + ")";
        return switch (caller) {
            case Caller.Anonymous _ -> {
                if (!layer.anonymousAllowed()) {
                    yield denied(layer.name() + ": unsigned requests are refused here");
                }
                if (finding.effect() == Effect.NOTHING) {
                    yield silent(layer);
                }
                yield layer.cutsOthers() ? cut(layer) : new AccessDecision(true, granted);
            }
            case Caller.Known known -> {
                boolean ownAllows = allows(known, own, action, layer, context);
                if (known.account().equals(layer.owner())) {
                    yield within(known, ownAllows, ownSideFollows, finding, layer, granted);
                }
                if (finding.effect() == Effect.NOTHING) {
                    yield silent(layer);
                }
                if (layer.cutsOthers()) {
                    yield cut(layer);
                }
                if (layer.addressed() && !ownAllows && !ownSideFollows) {
                    yield denied("no policy of the caller's own account allows it");
                }
                yield new AccessDecision(true, granted);
            }
        };
    }

    private static AccessDecision within(
            Caller.Known caller,
            boolean ownAllows,
            boolean ownSideFollows,
            Finding finding,
            ResourceLayer layer,
            String granted) {
        if (finding.effect() == Effect.ALLOWS || (finding.effect() == Effect.ALLOWS_ACCOUNT && ownSideFollows)) {
            return new AccessDecision(true, granted);
        }
        if (caller.kind() == Caller.Kind.ROOT) {
            return new AccessDecision(true, "the root of the owning account");
        }
        return ownAllows ? new AccessDecision(true, "the caller's own policy allows it") : silent(layer);
    }

    private static boolean allows(
            Caller.Known caller, List<PolicyDocument> own, String action, ResourceLayer layer, RequestContext context) {
        return caller.kind() == Caller.Kind.ROOT
                || own.stream()
                        .anyMatch(p ->
                                p.evaluate(caller, action, layer.resource(), context).effect() == Effect.ALLOWS);
    }

    private static AccessDecision silent(ResourceLayer layer) {
        return denied(layer.name() + (layer.policy() == null ? ": there is no policy" : " does not allow it"));
    }

    private static AccessDecision cut(ResourceLayer layer) {
        return denied(layer.name() + " is public and RestrictPublicBuckets is on: other accounts are cut off");
    }

    private static AccessDecision denied(String because) {
        return new AccessDecision(false, because);
    }
}

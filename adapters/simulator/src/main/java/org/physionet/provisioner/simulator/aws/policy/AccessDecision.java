package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument.Effect;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument.Finding;

/**
 * Whether a request is allowed, and by what: AWS's policy evaluation for one caller, its own policies, and the policies on the way.
 *
 * <p>Service control policies of the caller's organization can only deny here: {@code FullAWSAccess} stays attached (Organizations user
 * guide, "SCP evaluation").
 *
 * <p>Rules (IAM user guide, "Policy evaluation logic", "Cross-account policy evaluation logic"): an explicit deny anywhere decides;
 * within one account the resource's policy or the caller's own is enough; across accounts both are needed; an account named as
 * principal passes the decision to that account; the root of the owning account may do what is not denied.
 */
public record AccessDecision(boolean allowed, String because) {

    public static AccessDecision decide(
            Caller caller, OwnSide own, String action, List<ResourceLayer> layers, RequestContext request) {
        return new Evaluation(caller, own, action, request.and(caller.context())).decide(layers);
    }

    static AccessDecision yes(String because) {
        return new AccessDecision(true, because);
    }

    static AccessDecision no(String because) {
        return new AccessDecision(false, because);
    }

    /** One evaluation: the caller and the request are given, the layers are walked. */
    private record Evaluation(Caller caller, OwnSide own, String action, RequestContext context) {

        AccessDecision decide(List<ResourceLayer> layers) {
            for (ResourceLayer layer : layers) {
                for (PolicyDocument policy : own.organization()) {
                    Finding finding = find(policy, layer);
                    if (finding.effect() == Effect.DENIES) {
                        return no("with an explicit deny in a service control policy (" + finding.label() + ")");
                    }
                }
                if (layer.isAddressed() && !organizationAllows(layer)) {
                    return no("the service control policies of the caller's organization do not allow it");
                }
                for (PolicyDocument policy : own.policies()) {
                    Finding finding = find(policy, layer);
                    if (finding.effect() == Effect.DENIES) {
                        return no("the caller's own policy denies it (" + finding.label() + ")");
                    }
                }
                PolicyDocument boundary = own.boundary();
                if (boundary != null && find(boundary, layer).effect() == Effect.DENIES) {
                    return no("the caller's permissions boundary denies it");
                }
                if (own.limit() != null
                        && layer.isAddressed()
                        && find(own.limit(), layer).effect() != Effect.ALLOWS) {
                    return no("the session's policy does not allow it");
                }
            }
            StringBuilder path = new StringBuilder();
            for (ResourceLayer layer : layers) {
                AccessDecision decision = passes(layer);
                if (!decision.allowed()) {
                    return decision;
                }
                path.append(path.isEmpty() ? "" : ", then ").append(decision.because());
            }
            return yes(path.toString());
        }

        private AccessDecision passes(ResourceLayer layer) {
            PolicyDocument policy = layer.policy();
            Finding finding = policy == null ? new Finding(Effect.NOTHING, "") : find(policy, layer);
            if (finding.effect() == Effect.DENIES) {
                return no(layer.name() + " denies it (" + finding.label() + ")");
            }
            AccessDecision granted = yes(layer.name() + " allows it (" + finding.label() + ")");
            return switch (caller) {
                case Caller.Anonymous _ -> anonymous(layer, finding, granted);
                case Caller.Service _ -> finding.effect() == Effect.ALLOWS ? granted : silent(layer);
                case Caller.Known known ->
                    known.account().equals(layer.owner())
                            ? within(known, layer, finding, granted)
                            : across(known, layer, finding, granted);
            };
        }

        private AccessDecision anonymous(ResourceLayer layer, Finding finding, AccessDecision granted) {
            if (layer.kind() != ResourceLayer.Kind.BUCKET) {
                return no(layer.name() + ": unsigned requests are refused here");
            }
            if (finding.effect() == Effect.NOTHING) {
                return silent(layer);
            }
            return layer.cutsOthers() ? cut(layer) : granted;
        }

        private AccessDecision across(
                Caller.Known known, ResourceLayer layer, Finding finding, AccessDecision granted) {
            if (finding.effect() == Effect.NOTHING) {
                return silent(layer);
            }
            if (layer.cutsOthers()) {
                return cut(layer);
            }
            boolean ownSide = ownAllows(known, layer) || (own.follows() && insideBoundary(layer));
            return !layer.isAddressed() || ownSide ? granted : no("no policy of the caller's own account allows it");
        }

        private AccessDecision within(
                Caller.Known known, ResourceLayer layer, Finding finding, AccessDecision granted) {
            if (finding.effect() == Effect.ALLOWS) {
                // A boundary holds back what a resource's policy gives to a role, not what it gives to a user
                // (BOUNDARY).
                return known.kind() == Caller.Kind.ROLE && !insideBoundary(layer)
                        ? no("the role's permissions boundary does not allow it")
                        : granted;
            }
            boolean ownAllows = ownAllows(known, layer);
            boolean follows = own.follows() && insideBoundary(layer);
            if (finding.effect() == Effect.ALLOWS_ACCOUNT && (ownAllows || follows)) {
                return granted;
            }
            if (layer.kind() == ResourceLayer.Kind.ROLE || layer.kind() == ResourceLayer.Kind.KMS_KEY) {
                return silent(layer);
            }
            return ownAllows ? yes("the caller's own policy allows it") : silent(layer);
        }

        private boolean ownAllows(Caller.Known known, ResourceLayer layer) {
            return known.kind() == Caller.Kind.ROOT
                    || (insideBoundary(layer)
                            && own.policies().stream()
                                    .anyMatch(p -> find(p, layer).effect() == Effect.ALLOWS));
        }

        /** They give nothing and hold back everything else (Organizations user guide, "Service control policies"). */
        private boolean organizationAllows(ResourceLayer layer) {
            List<Effect> effects = own.organization().stream()
                    .map(policy -> find(policy, layer).effect())
                    .toList();
            return effects.isEmpty() || effects.contains(Effect.ALLOWS) && !effects.contains(Effect.DENIES);
        }

        private boolean insideBoundary(ResourceLayer layer) {
            PolicyDocument boundary = own.boundary();
            return boundary == null || find(boundary, layer).effect() == Effect.ALLOWS;
        }

        private Finding find(PolicyDocument policy, ResourceLayer layer) {
            return policy.evaluate(caller, action, layer.resource(), context);
        }

        private static AccessDecision silent(ResourceLayer layer) {
            return no(layer.name() + (layer.policy() == null ? ": there is no policy" : " does not allow it"));
        }

        private static AccessDecision cut(ResourceLayer layer) {
            return no(layer.name() + " is public and RestrictPublicBuckets is on: other accounts are cut off");
        }
    }
}

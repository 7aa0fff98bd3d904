package org.physionet.provisioner.simulator.aws.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument.Effect;

/**
 * What IAM's policy simulator says to one action on one resource: by the principal's own policies, its boundary and its organization's policies,
 * and by no resource's (IAM user guide, "IAM policy testing with the IAM policy simulator").
 *
 * @param organization whether the organization's policies allow it; null: there are none
 * @param boundary whether the permissions boundary allows it; null: there is none
 * @param matched labels of the statements that decided
 */
public record SimulatedDecision(
        Verdict verdict,
        @Nullable Boolean organization,
        @Nullable Boolean boundary,
        List<String> matched) {

    /** As the API writes it. */
    public enum Verdict {
        ALLOWED("allowed"),
        EXPLICIT_DENY("explicitDeny"),
        IMPLICIT_DENY("implicitDeny");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static SimulatedDecision of(
            Caller caller, OwnSide own, String action, String resource, RequestContext request) {
        RequestContext context = request.and(caller.context());
        List<String> matched = new ArrayList<>();
        Effect policies = strongest(own.policies(), caller, action, resource, context, matched);
        PolicyDocument limit = own.boundary();
        List<String> others = new ArrayList<>();
        Effect boundary =
                limit == null ? Effect.ALLOWS : strongest(List.of(limit), caller, action, resource, context, others);
        Effect organization = own.organization().isEmpty()
                ? Effect.ALLOWS
                : strongest(own.organization(), caller, action, resource, context, others);
        List<Effect> all = List.of(policies, boundary, organization);
        Verdict verdict = all.contains(Effect.DENIES)
                ? Verdict.EXPLICIT_DENY
                : all.stream().allMatch(e -> e == Effect.ALLOWS) ? Verdict.ALLOWED : Verdict.IMPLICIT_DENY;
        return new SimulatedDecision(
                verdict,
                own.organization().isEmpty() ? null : organization == Effect.ALLOWS,
                limit == null ? null : boundary == Effect.ALLOWS,
                List.copyOf(matched));
    }

    private static Effect strongest(
            List<PolicyDocument> policies,
            Caller caller,
            String action,
            String resource,
            RequestContext context,
            List<String> matched) {
        Effect strongest = Effect.NOTHING;
        for (PolicyDocument policy : policies) {
            PolicyDocument.Finding finding = policy.evaluate(caller, action, resource, context);
            if (finding.effect() != Effect.NOTHING) {
                matched.add(finding.label());
            }
            strongest = finding.effect().compareTo(strongest) > 0 ? finding.effect() : strongest;
        }
        return strongest;
    }
}

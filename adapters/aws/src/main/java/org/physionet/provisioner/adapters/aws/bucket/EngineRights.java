package org.physionet.provisioner.adapters.aws.bucket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Has IAM say what the engine's own role may do ({@code iam:SimulatePrincipalPolicy} on itself alone): what it needs, and what it should not be
 * able to. IAM looks at the role's policies, its boundary and its organization's policies; what a bucket's or key's policy adds it does not see
 * (facts/aws.md A4.4).
 */
final class EngineRights {
    private static final Pattern SESSION = Pattern.compile("arn:aws:sts::(\\d{12}):assumed-role/([^/]+)/.+");

    private final LazyClients clients;
    private final String layout;
    private final S3Location location;
    private final String what;

    EngineRights(LazyClients clients, String layout, S3Location location) {
        this.clients = clients;
        this.layout = layout;
        this.location = location;
        this.what = "rights of the engine's role at " + location.id();
    }

    List<Check> checks() {
        if (clients.settings().moto()) {
            return List.of(new Check(
                    what,
                    true,
                    "not tried, for moto decides nothing; the least policy is "
                            + EngineRole.policy(layout, clients.settings(), location),
                    ""));
        }
        String self;
        try {
            self = self();
        } catch (SdkException e) {
            return List.of(notTried("sts:GetCallerIdentity: " + reason(e), "allow sts:GetCallerIdentity"));
        }
        if (self.endsWith(":root")) {
            return List.of(new Check(
                    what,
                    true,
                    "signed in as the account's root, which may do everything",
                    "make a role for the engine with no more than "
                            + EngineRole.policy(layout, clients.settings(), location)));
        }
        try {
            List<EvaluationResult> needed = ask(self, RightsList.needed(layout, clients.settings(), location));
            List<EvaluationResult> beyond = ask(self, RightsList.beyond(layout, clients.settings(), location, self));
            return List.of(needed(self, needed), beyond(self, beyond));
        } catch (SdkException e) {
            String fix = AwsErrors.code(e).equals("NoSuchEntity")
                    ? "IAM knows no such role: if it has a path, its sessions do not show it; use a role without a path"
                    : "allow iam:SimulatePrincipalPolicy on " + self + " to itself: attach "
                            + EngineRole.policy(layout, clients.settings(), location, self);
            return List.of(notTried("iam:SimulatePrincipalPolicy on " + self + ": " + reason(e), fix));
        }
    }

    private Check notTried(String why, String fix) {
        return new Check(what, true, "not tried: " + why + "; rights to write show when it writes", fix);
    }

    private String reason(SdkException e) {
        return clients.errors().translate(e, Call.read(what)).reason();
    }

    private String self() {
        return principalOf(clients.get().sts().getCallerIdentity().arn());
    }

    /** The user or role behind the session that signs; a role's path is not in it. */
    static String principalOf(String arn) {
        Matcher session = SESSION.matcher(arn);
        return session.matches() ? "arn:aws:iam::" + session.group(1) + ":role/" + session.group(2) : arn;
    }

    /** One question for each resource: then there is no doubt which one an answer is about. */
    private List<EvaluationResult> ask(String self, RightsList list) {
        List<ContextEntry> context = list.context().entrySet().stream()
                .map(entry -> ContextEntry.builder()
                        .contextKeyName(entry.getKey())
                        .contextKeyValues(entry.getValue())
                        .contextKeyType(ContextKeyTypeEnum.STRING)
                        .build())
                .toList();
        List<EvaluationResult> all = new ArrayList<>();
        list.actions()
                .forEach((resource, actions) -> clients.get()
                        .iam()
                        .simulatePrincipalPolicyPaginator(r -> r.policySourceArn(self)
                                .actionNames(actions)
                                .resourceArns(resource)
                                .contextEntries(context))
                        .evaluationResults()
                        .forEach(result -> all.add(
                                result.toBuilder().evalResourceName(resource).build())));
        return all;
    }

    private Check needed(String self, Collection<EvaluationResult> results) {
        List<EvaluationResult> refused =
                results.stream().filter(r -> !allowed(r)).toList();
        String tried = "tried as " + self + ": allowed: "
                + named(results.stream().filter(EngineRights::allowed).toList());
        if (refused.isEmpty()) {
            return new Check(what, true, tried, "");
        }
        boolean organization = refused.stream().anyMatch(EngineRights::heldByOrganization);
        boolean boundary = refused.stream().anyMatch(EngineRights::heldByBoundary);
        return new Check(
                what,
                false,
                refused.stream().map(EngineRights::why).collect(Collectors.joining("; ")) + "; " + tried,
                (organization
                                ? "have the organization's administrators allow it in their service control policies; "
                                : "")
                        + (boundary ? "widen the role's permissions boundary; " : "") + "the least policy is "
                        + EngineRole.policy(layout, clients.settings(), location, self));
    }

    private Check beyond(String self, Collection<EvaluationResult> results) {
        List<EvaluationResult> tooMuch =
                results.stream().filter(EngineRights::allowed).toList();
        String title = "no more rights than needed at " + location.id();
        return tooMuch.isEmpty()
                ? new Check(title, true, "tried as " + self + ": none of " + named(results), "")
                : new Check(
                        title,
                        true,
                        "WARNING: " + self + " may do more than the engine needs: " + named(tooMuch),
                        "whoever gets hold of it can use that: take it away; the least policy is "
                                + EngineRole.policy(layout, clients.settings(), location, self));
    }

    private static boolean allowed(EvaluationResult result) {
        return result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED;
    }

    private static String why(EvaluationResult result) {
        return result.evalActionName() + " on " + result.evalResourceName() + ": " + result.evalDecisionAsString()
                + (heldByOrganization(result) ? " (the organization's policies do not allow it)" : "")
                + (heldByBoundary(result) ? " (the permissions boundary does not allow it)" : "");
    }

    private static boolean heldByOrganization(EvaluationResult result) {
        return Optional.ofNullable(result.organizationsDecisionDetail())
                .map(detail -> Boolean.FALSE.equals(detail.allowedByOrganizations()))
                .orElse(false);
    }

    private static boolean heldByBoundary(EvaluationResult result) {
        return Optional.ofNullable(result.permissionsBoundaryDecisionDetail())
                .map(detail -> Boolean.FALSE.equals(detail.allowedByPermissionsBoundary()))
                .orElse(false);
    }

    private static String named(Collection<EvaluationResult> results) {
        Map<String, TreeSet<String>> byResource = new TreeMap<>();
        results.forEach(r -> byResource
                .computeIfAbsent(r.evalResourceName(), k -> new TreeSet<>())
                .add(r.evalActionName()));
        return byResource.isEmpty()
                ? "nothing"
                : byResource.entrySet().stream()
                        .map(e -> String.join(", ", e.getValue()) + " on " + e.getKey())
                        .collect(Collectors.joining("; "));
    }
}

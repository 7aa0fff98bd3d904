package org.physionet.provisioner.adapters.gcp.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.engine.adapter.Adapter.Check;

/** The project of a resource: whether its APIs are on, whom the organisation lets policies name, and what time it is. */
public final class ProjectChecks {
    private static final String SERVICES = "serviceusage.googleapis.com";
    private static final String POLICIES = "orgpolicy.googleapis.com";

    /** From here on leases and proofs go wrong; the guard on the source's clock has the same bound. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(2);

    private final GoogleCalls calls;
    private final String project;

    public ProjectChecks(GoogleCalls calls, String project) {
        this.calls = calls;
        this.project = project;
    }

    /**
     * @param apis that the resource's layout needs, e.g. {@code storage.googleapis.com}
     * @param peopleAreNamed whether its policy names people, who are then under domain-restricted sharing
     */
    public List<Check> of(List<String> apis, boolean peopleAreNamed) {
        List<Check> checks = new ArrayList<>();
        apis.forEach(api -> checks.add(enabled(api)));
        checks.add(sharing(peopleAreNamed));
        checks.add(clock());
        return checks;
    }

    private Check enabled(String api) {
        String what = api + " in " + project;
        Answer<String> answer = calls.read(google -> String.valueOf(google.plain()
                .get(SERVICES, "/v1/projects/" + project + "/services/" + api)
                .get("state")));
        return switch (answer) {
            case Answer.Failed(var why) -> unknown(what, why.reason(), "serviceusage.services.get");
            case Answer.Got(String state) when "ENABLED".equals(state) -> new Check(what, true, "enabled", "");
            case Answer.Got(String state) ->
                new Check(
                        what,
                        false,
                        "expected ENABLED, found " + state,
                        "gcloud services enable " + api + " --project=" + project);
        };
    }

    /** Not being allowed to ask says nothing about the answer, and is no fault of the site. */
    private static Check unknown(String what, String reason, String permission) {
        return new Check(what, true, "not known, " + permission + " is missing: " + reason, "");
    }

    /** Both constraints, the old and the managed one (facts/gcp.md 2, row 11). */
    private Check sharing(boolean peopleAreNamed) {
        String what = "domain-restricted sharing in " + project;
        Answer<List<?>> old = rules("iam.allowedPolicyMemberDomains");
        Answer<List<?>> managed = rules("iam.managed.allowedPolicyMembers");
        if (old instanceof Answer.Failed(var why)) {
            return unknown(what, why.reason(), "orgpolicy.policy.get");
        }
        List<String> restrictions = new ArrayList<>();
        if (old instanceof Answer.Got(List<?> rules)) {
            rules.forEach(rule -> allowed(rule).ifPresent(restrictions::add));
        }
        if (managed instanceof Answer.Got(List<?> rules)
                && rules.stream()
                        .anyMatch(rule -> rule instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("enforce")))) {
            restrictions.add("iam.managed.allowedPolicyMembers is enforced");
        }
        if (restrictions.isEmpty()) {
            return new Check(what, true, "off", "");
        }
        String detail = String.join("; ", restrictions);
        return peopleAreNamed
                ? new Check(
                        what,
                        false,
                        detail + ": Google refuses policies that name anybody else",
                        "use layout: group with a group of an allowed customer, or have an administrator of the"
                                + " organisation run: gcloud org-policies describe iam.allowedPolicyMemberDomains"
                                + " --project=" + project
                                + " --effective, and widen it with gcloud org-policies set-policy")
                : new Check(what, true, detail + ": the group's own domain must be among them", "");
    }

    private Answer<List<?>> rules(String constraint) {
        return calls.read(google -> {
            Object spec = google.plain()
                    .get(POLICIES, "/v2/projects/" + project + "/policies/" + constraint + ":getEffectivePolicy")
                    .get("spec");
            return spec instanceof Map<?, ?> map && map.get("rules") instanceof List<?> rules ? rules : List.of();
        });
    }

    private static Optional<String> allowed(Object rule) {
        if (rule instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("denyAll"))) {
            return Optional.of("iam.allowedPolicyMemberDomains allows nobody");
        }
        return rule instanceof Map<?, ?> map
                        && map.get("values") instanceof Map<?, ?> values
                        && values.get("allowedValues") instanceof List<?> customers
                ? Optional.of("iam.allowedPolicyMemberDomains allows only " + customers)
                : Optional.empty();
    }

    private Check clock() {
        String what = "this machine's clock against Google's";
        Answer<Optional<Instant>> answer = calls.read(
                google -> google.plain().time(SERVICES, "/v1/projects/" + project + "/services/" + SERVICES));
        return switch (answer) {
            case Answer.Failed(var why) -> new Check(what, true, "not known: " + why.reason(), "");
            case Answer.Got(Optional<Instant> time) ->
                time.map(googles -> clock(what, googles)).orElseGet(() -> new Check(what, true, "not known", ""));
        };
    }

    private Check clock(String what, Instant googles) {
        Duration skew = Duration.between(googles, calls.now()).abs();
        return skew.compareTo(MOST_SKEW) <= 0
                ? new Check(what, true, skew.toSeconds() + " seconds apart", "")
                : new Check(
                        what,
                        false,
                        skew.toSeconds() + " seconds apart, expected at most " + MOST_SKEW.toSeconds(),
                        "set the machine's clock: timedatectl set-ntp true");
    }
}

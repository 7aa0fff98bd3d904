package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy.
 *
 * @param label the {@code Sid}, or the statement's place ({@code statement 2})
 * @param allows {@code Effect}: Allow or Deny
 * @param principals null in identity policies
 * @param actions patterns such as {@code s3:Get*}
 * @param notAction the patterns name what is left out
 * @param resources empty in trust policies: the role itself
 * @param notResource the patterns name what is left out
 */
public record Statement(
        String label,
        boolean allows,
        @Nullable Principals principals,
        List<ActionPattern> actions,
        boolean notAction,
        List<Template> resources,
        boolean notResource,
        List<Condition> conditions) {

    public Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    /** How it applies to a request: not at all, to the caller's account, or to the caller. */
    Principals.Match match(Caller caller, String action, String resource, RequestContext context) {
        String lower = action.toLowerCase(Locale.ROOT);
        if (actions.stream().anyMatch(a -> a.matches(lower)) == notAction) {
            return Principals.Match.NO;
        }
        if (!resources.isEmpty() && matchesResource(resource, context) == notResource) {
            return Principals.Match.NO;
        }
        Principals.Match match = principals == null ? Principals.Match.DIRECT : principals.match(caller);
        if (match == Principals.Match.NO || !conditions.stream().allMatch(c -> c.holds(context))) {
            return Principals.Match.NO;
        }
        return match;
    }

    private boolean matchesResource(String resource, RequestContext context) {
        return resources.stream()
                .anyMatch(
                        r -> r.bind(context).map(glob -> glob.matches(resource)).orElse(false));
    }
}

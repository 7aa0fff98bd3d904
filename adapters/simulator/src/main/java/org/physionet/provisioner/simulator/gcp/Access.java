package org.physionet.provisioner.simulator.gcp;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;

/** Decides what somebody may do: effective bindings, conditions, nested groups, inheritance, convenience members. */
final class Access {
    private final GoogleState state;

    Access(GoogleState state) {
        this.state = state;
    }

    /** @param address of a user or service account */
    Verdict decide(String address, String permission, Target target) {
        Optional<String> barred = state.accounts.barred(address);
        if (barred.isPresent()) {
            return new Verdict(false, barred.get());
        }
        String refusedBy = "";
        String key = Addresses.key(address);
        for (Target.Layer layer : target.layers()) {
            for (Binding binding : layer.bindings()) {
                if (!state.roles.allows(binding.role(), permission)) {
                    continue;
                }
                Optional<String> named = named(key, binding);
                if (named.isEmpty()) {
                    continue;
                }
                if (holds(binding, target.context())) {
                    return new Verdict(
                            true,
                            layer.label() + " gives " + binding.role() + " to " + named.get() + condition(binding));
                }
                refusedBy = "; " + layer.label() + " gives " + binding.role() + " to " + named.get()
                        + " only under a condition that does not hold: "
                        + binding.condition().map(Condition::expression).orElse("");
            }
        }
        return new Verdict(
                false,
                "nothing in force on " + target.label() + ", its project and what is above gives " + permission + " to "
                        + address + refusedBy);
    }

    boolean allowed(String address, String permission, Target target) {
        return decide(address, permission, target).allowed();
    }

    private Optional<String> named(String key, Binding binding) {
        for (Member member : binding.members()) {
            Optional<String> path = covers(member, key);
            if (path.isPresent()) {
                return path;
            }
        }
        return Optional.empty();
    }

    /** How the member means the account, in words; empty if it does not. */
    private Optional<String> covers(Member member, String key) {
        if (member.deleted()) {
            return Optional.empty();
        }
        return switch (member.kind()) {
            case USER, SERVICE_ACCOUNT -> member.isAt(key) ? Optional.of(member.toString()) : Optional.empty();
            case GROUP -> inGroup(member.addressKey(), key, new HashSet<>());
            case DOMAIN ->
                Optional.of(member.toString())
                        .filter(text -> Addresses.domain(key).equalsIgnoreCase(member.value()));
            case ALL_USERS, ALL_AUTHENTICATED_USERS -> Optional.of(member.toString());
            case PROJECT_OWNER -> convenience(member, key, "roles/owner");
            case PROJECT_EDITOR -> convenience(member, key, "roles/editor");
            case PROJECT_VIEWER -> convenience(member, key, "roles/viewer");
            case PRINCIPAL ->
                Optional.of(member.toString())
                        .filter(text -> Addresses.key(member.value()).equals("//goog/subject/" + key));
            case PRINCIPAL_SET -> Optional.empty();
        };
    }

    private Optional<String> inGroup(String group, String key, Set<String> seen) {
        Group found = state.groups.get(group);
        if (found == null || !seen.add(group)) {
            return Optional.empty();
        }
        if (found.effective(key, state.now()).isPresent()) {
            return Optional.of("group:" + found.email);
        }
        for (String nested : found.effectiveGroups(state.now())) {
            Optional<String> path = inGroup(nested, key, seen);
            if (path.isPresent()) {
                return Optional.of("group:" + found.email + " through " + path.get());
            }
        }
        return Optional.empty();
    }

    /** {@code projectViewer:P} means whoever has that basic role on P, or above it. */
    private Optional<String> convenience(Member member, String key, String role) {
        Target project = Target.project(state, member.value());
        for (Target.Layer layer : project.layers()) {
            for (Binding binding : layer.bindings()) {
                if (binding.role().equals(role) && holds(binding, project.context())) {
                    Optional<String> path = named(key, binding);
                    if (path.isPresent()) {
                        return Optional.of(member + ", which " + layer.label() + " makes " + path.get());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Binding binding, Expression.Context context) {
        return binding.condition()
                .map(condition -> new Expression(condition.expression()).holds(context))
                .orElse(true);
    }

    private static String condition(Binding binding) {
        return binding.condition().map(c -> " while " + c.expression()).orElse("");
    }
}

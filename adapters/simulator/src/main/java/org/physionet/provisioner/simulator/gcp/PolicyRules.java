package org.physionet.provisioner.simulator.gcp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What IAM refuses in a policy, and the form in which it keeps it (facts/gcp.md 1 "Conditions and expiry", 2 rows 6-10).
 * A refusal is for the whole policy.
 */
final class PolicyRules {
    /** Principals in a policy, each occurrence counts. */
    static final int MAX_MEMBERS = 1_500;
    /** Of them groups. */
    static final int MAX_GROUPS = 250;
    /** Bindings with different conditions for one role and principal. */
    static final int MAX_CONDITIONS_PER_MEMBER = 20;
    /** Logical operators in one condition. */
    static final int MAX_OPERATORS = 12;

    private final GoogleState state;
    private final Service service;
    private final MemberRules members;
    private final String prefix;

    /** @param prefix of every message; see {@link MemberRules} */
    PolicyRules(GoogleState state, Service service, MemberRules members, String prefix) {
        this.state = state;
        this.service = service;
        this.members = members;
        this.prefix = prefix;
    }

    /** The policy as it is to be stored. */
    Policy accept(PolicyWire.Draft draft, Policy stored) {
        version(draft, stored);
        List<Binding> bindings = new ArrayList<>();
        for (Binding binding : draft.policy().bindings()) {
            bindings.add(accept(binding));
        }
        List<Binding> merged = merge(bindings);
        limits(merged);
        return new Policy(merged, draft.policy().auditConfigs());
    }

    private void version(PolicyWire.Draft draft, Policy stored) {
        int version = draft.version();
        if (version != 0 && version != 1 && version != 3) {
            throw invalid("Invalid policy version: " + version + ". Valid values are 0, 1, and 3.");
        }
        if (version < 3 && draft.policy().conditional()) {
            throw invalid("Conditional role bindings require policy version 3, found " + version + ".");
        }
        // Without an etag the old policy and its conditions are lost; with one, Google notices.
        if (version < 3 && stored.conditional() && draft.etag().isPresent()) {
            throw invalid("The policy contains conditional role bindings; it can only be replaced with version 3.");
        }
    }

    private Binding accept(Binding binding) {
        role(binding.role(), binding.condition());
        if (binding.members().isEmpty()) {
            throw invalid("Binding for role " + binding.role() + " has no members.");
        }
        Set<String> seen = new HashSet<>();
        List<Member> accepted = new ArrayList<>();
        for (Member member : binding.members()) {
            if (!seen.add(member.key())) {
                throw invalid("Duplicate member " + member + " in the binding for role " + binding.role() + ".");
            }
            accepted.add(members.accept(member));
        }
        binding.condition().ifPresent(condition -> condition(condition, binding));
        return new Binding(binding.role(), accepted, binding.condition());
    }

    void role(String role, Optional<Condition> condition) {
        if (role.contains("_withcond_") || role.contains("_with_conditionalbinding_")) {
            throw invalid("Role " + role + " stands for a conditional binding; read the policy with version 3.");
        }
        if (!state.roles.supported(role, service)) {
            throw invalid("Role " + role + " is not supported for this resource.");
        }
        if (condition.isPresent() && Roles.basic(role)) {
            throw invalid("Conditions can not be set on the basic role " + role + ".");
        }
    }

    void condition(Condition condition, Binding binding) {
        if (condition.title().isEmpty()) {
            throw invalid("Condition title must not be empty.");
        }
        if (binding.members().stream()
                .anyMatch(m -> m.kind() == Member.Kind.ALL_USERS || m.kind() == Member.Kind.ALL_AUTHENTICATED_USERS)) {
            throw invalid("Conditions can not be set for allUsers or allAuthenticatedUsers.");
        }
        try {
            long operators = new Expression(condition.expression()).operators();
            if (operators > MAX_OPERATORS) {
                throw invalid("Condition expression has " + operators + " logical operators, more than the maximum of "
                        + MAX_OPERATORS + ".");
            }
        } catch (IllegalArgumentException e) {
            throw invalid("Condition expression compilation failed: " + e.getMessage() + ".");
        }
    }

    static Policy merged(Policy policy) {
        return new Policy(merge(policy.bindings()), policy.auditConfigs());
    }

    /** Bindings of one role and condition become one, in the order in which they first came. */
    private static List<Binding> merge(List<Binding> bindings) {
        Map<Key, Map<String, Member>> merged = new LinkedHashMap<>();
        for (Binding binding : bindings) {
            Map<String, Member> into =
                    merged.computeIfAbsent(new Key(binding.role(), binding.condition()), key -> new LinkedHashMap<>());
            binding.members().forEach(member -> into.putIfAbsent(member.key(), member));
        }
        List<Binding> result = new ArrayList<>();
        merged.forEach((key, into) -> result.add(new Binding(key.role(), List.copyOf(into.values()), key.condition())));
        return result;
    }

    private record Key(String role, Optional<Condition> condition) {}

    void limits(List<Binding> bindings) {
        int occurrences = 0;
        int groups = 0;
        Map<String, Integer> conditions = new HashMap<>();
        for (Binding binding : bindings) {
            occurrences += binding.members().size();
            for (Member member : binding.members()) {
                groups += member.kind() == Member.Kind.GROUP ? 1 : 0;
                if (binding.condition().isPresent()
                        && conditions.merge(binding.role() + " " + member.key(), 1, Integer::sum)
                                > MAX_CONDITIONS_PER_MEMBER) {
                    throw invalid("The role " + binding.role() + " and member " + member + " occur in more than "
                            + MAX_CONDITIONS_PER_MEMBER + " bindings with different conditions.");
                }
            }
        }
        atMost("members", occurrences, MAX_MEMBERS);
        atMost("groups", groups, MAX_GROUPS);
    }

    private void atMost(String what, int found, int most) {
        if (found > most) {
            throw invalid(String.format(
                    Locale.ROOT,
                    "The number of %s in the policy (%,d) is larger than the maximum allowed size %,d.",
                    what,
                    found,
                    most));
        }
    }

    private GoogleError invalid(String message) {
        return GoogleError.invalid(prefix + message);
    }
}

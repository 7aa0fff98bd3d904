package org.physionet.provisioner.adapters.gcp.gcs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.model.Principal;

/**
 * The {@code members} layout of a bucket policy: who stands in it, and the policy after a change. Pure.
 *
 * <p>Ours are the {@code user:} and {@code deleted:user:} members of the unconditioned bindings of one role (CONTRACT,
 * "What the engine may touch"). Everything else keeps its place and its spelling, with two exceptions that the provider
 * forces: it returns duplicates and empty bindings but refuses to take them back (facts/gcp.md 2, row 9).
 */
final class BucketMembers {
    private BucketMembers() {}

    static boolean isOurs(Binding binding) {
        return binding.role().equals(StorageRoles.READER) && binding.condition() == null;
    }

    /** Our principal behind a member of a binding; empty: foreign. */
    static Optional<Principal> owned(Binding binding, String member) {
        return isOurs(binding) ? GooglePrincipals.ofMember(member) : Optional.empty();
    }

    /** The policy without the revoked, with the granted, and in a form that the provider takes. */
    static BucketPolicy change(BucketPolicy policy, SortedSet<Principal> revokes, SortedSet<Principal> grants) {
        return withOurs(policy, ours(policy, revokes, grants));
    }

    /** The policy with one member, of whatever kind, in our binding or out of it. */
    static BucketPolicy change(BucketPolicy policy, String member, boolean in) {
        Set<String> members = new LinkedHashSet<>();
        policy.bindings().stream()
                .filter(BucketMembers::isOurs)
                .flatMap(binding -> binding.members().stream())
                .filter(each -> !each.equalsIgnoreCase(member))
                .forEach(members::add);
        if (in) {
            members.add(member);
        }
        return withOurs(policy, List.copyOf(members));
    }

    private static BucketPolicy withOurs(BucketPolicy policy, List<String> ours) {
        List<Binding> bindings = new ArrayList<>();
        boolean written = false;
        for (Binding binding : policy.bindings()) {
            if (!isOurs(binding)) {
                bindings.add(binding.withMembers(List.copyOf(new LinkedHashSet<>(binding.members()))));
            } else if (!written) {
                bindings.add(binding.withMembers(ours));
                written = true;
            }
        }
        if (!written) {
            bindings.add(new Binding(StorageRoles.READER, ours, null));
        }
        bindings.removeIf(binding -> binding.members().isEmpty());
        return new BucketPolicy(policy.etag(), bindings);
    }

    /** The members of our binding afterwards: several bindings of it become one, several spellings of a person too. */
    private static List<String> ours(BucketPolicy policy, Set<Principal> revokes, Set<Principal> grants) {
        Set<String> members = new LinkedHashSet<>();
        SortedSet<Principal> seen = new TreeSet<>();
        for (Binding binding : policy.bindings()) {
            if (!isOurs(binding)) {
                continue;
            }
            for (String member : binding.members()) {
                Optional<Principal> principal = GooglePrincipals.ofMember(member);
                if (principal.isEmpty() || !revokes.contains(principal.get()) && seen.add(principal.get())) {
                    members.add(member);
                }
            }
        }
        for (Principal principal : grants) {
            if (seen.add(principal)) {
                members.add(principal.text());
            }
        }
        return List.copyOf(members);
    }

    /** A foreign member for people: {@code group:team@example.org as roles/storage.objectViewer if "until June"}. */
    static String describe(Binding binding, String member) {
        return member + " as " + binding.role() + condition(binding.condition());
    }

    private static String condition(Binding.@Nullable Condition condition) {
        if (condition == null) {
            return "";
        }
        String name = condition.title() != null ? condition.title() : condition.expression();
        return " if \"" + name + "\"";
    }

    /** Whether somebody may read objects by a member's entry. An account that is deleted can not. */
    static boolean givesAccess(Binding binding, String member) {
        return StorageRoles.mayRead(binding.role()) && !member.startsWith("deleted:");
    }
}

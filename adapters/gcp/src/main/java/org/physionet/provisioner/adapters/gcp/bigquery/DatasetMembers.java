package org.physionet.provisioner.adapters.gcp.bigquery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.model.Principal;

/**
 * The {@code members} layout of a dataset's access list: who stands in it, and the list after a change. Pure.
 *
 * <p>Ours are the people who have the reader role without a condition, living ({@code userByEmail}, no service account)
 * or deleted ({@code iamMember: deleted:user:…}). Every other entry is carried over with all its keys.
 */
final class DatasetMembers {
    /** The keys of entries that name a principal, with the prefix of the policy member that they stand for. */
    private static final List<String> NAMES =
            List.of("userByEmail", "groupByEmail", "domain", "specialGroup", "iamMember", "view", "routine", "dataset");

    private static final String SERVICE_ACCOUNTS = "gserviceaccount.com";

    private DatasetMembers() {}

    /** Our principal behind an entry; empty: foreign. */
    static Optional<Principal> owned(AccessEntry entry) {
        if (entry.has("condition") || !DatasetRoles.READER.equals(DatasetRoles.normalised(entry.text("role")))) {
            return Optional.empty();
        }
        String address = entry.text("userByEmail");
        if (address != null) {
            return address.endsWith(SERVICE_ACCOUNTS)
                    ? Optional.empty()
                    : GooglePrincipals.ofMember(GooglePrincipals.USER + address);
        }
        String member = entry.text("iamMember");
        return member == null ? Optional.empty() : GooglePrincipals.ofMember(member);
    }

    /** How an entry of ours names its principal: {@code user:EMAIL} or {@code deleted:user:…}. */
    static String spelling(AccessEntry entry) {
        String address = entry.text("userByEmail");
        return address != null ? GooglePrincipals.USER + address : String.valueOf(entry.text("iamMember"));
    }

    /** The list without the revoked, with the granted, each person and each foreign entry once. */
    static DatasetAccess change(DatasetAccess access, Set<Principal> revokes, SortedSet<Principal> grants) {
        Set<AccessEntry> entries = new LinkedHashSet<>();
        SortedSet<Principal> seen = new TreeSet<>();
        for (AccessEntry entry : access.entries()) {
            Optional<Principal> principal = owned(entry);
            if (principal.isEmpty() || !revokes.contains(principal.get()) && seen.add(principal.get())) {
                entries.add(entry);
            }
        }
        for (Principal principal : grants) {
            if (seen.add(principal)) {
                entries.add(AccessEntry.reader(GooglePrincipals.address(principal)));
            }
        }
        return new DatasetAccess(access.etag(), new ArrayList<>(entries));
    }

    /** Whether an entry is this group's, as a reader without a condition. */
    static boolean isGroup(AccessEntry entry, String group) {
        return !entry.has("condition")
                && DatasetRoles.READER.equals(DatasetRoles.normalised(entry.text("role")))
                && group.equalsIgnoreCase(entry.text("groupByEmail"));
    }

    /** The list with a group as reader, or without it. */
    static DatasetAccess change(DatasetAccess access, String group, boolean in) {
        Set<AccessEntry> entries = new LinkedHashSet<>(access.entries());
        entries.removeIf(entry -> isGroup(entry, group));
        if (in) {
            entries.add(new AccessEntry(Map.of("role", DatasetRoles.READER, "groupByEmail", group)));
        }
        return new DatasetAccess(access.etag(), new ArrayList<>(entries));
    }

    /** A foreign entry for people: {@code groupByEmail team@example.org as WRITER}. */
    static String describe(AccessEntry entry) {
        String what = NAMES.stream()
                .filter(entry::has)
                .findFirst()
                .map(name -> name + " " + entry.fields().get(name))
                .orElseGet(() -> entry.fields().toString());
        String role = entry.text("role");
        return what + (role == null ? "" : " as " + role) + (entry.has("condition") ? " under a condition" : "");
    }

    /**
     * Whether somebody may read rows by an entry: by its role, unless its account is deleted; by a view, routine or
     * dataset that is authorised whoever may use that.
     */
    static boolean givesAccess(AccessEntry entry) {
        String member = entry.text("iamMember");
        String role = entry.text("role");
        return (member == null || !member.startsWith("deleted:")) && (role == null || DatasetRoles.mayRead(role));
    }
}

package org.physionet.provisioner.adapters.gcp.bigquery;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.Entry;
import org.physionet.provisioner.adapters.gcp.policy.Entry.Form;
import org.physionet.provisioner.adapters.gcp.policy.Lease;

/** What an entry of a dataset's access list means in IAM's words (facts/gcp.md 1, "Dataset ACL entry kinds"). Pure. */
final class EntryMeaning {
    /** The keys of entries that name a principal or authorise something, one in each entry. */
    private static final List<String> NAMES =
            List.of("userByEmail", "groupByEmail", "domain", "specialGroup", "iamMember", "view", "routine", "dataset");

    private static final Map<String, String> PREFIXES =
            Map.of("userByEmail", "user:", "groupByEmail", "group:", "domain", "domain:", "iamMember", "");

    /** BigQuery's words for the members of a project, and IAM's. */
    private static final Map<String, String> SPECIAL = Map.of(
            "projectOwners", "projectOwner:",
            "projectWriters", "projectEditor:",
            "projectReaders", "projectViewer:",
            "allAuthenticatedUsers", "allAuthenticatedUsers");

    private static final String SERVICE_ACCOUNTS = "gserviceaccount.com";

    private EntryMeaning() {}

    static Entry of(AccessEntry entry) {
        Form form = form(entry);
        return new Entry(
                member(entry),
                form,
                form == Form.LEASE ? Lease.end(entry.condition("expression")).orElse(null) : null,
                entry.has("role"),
                describe(entry),
                givesAccess(entry));
    }

    static String member(AccessEntry entry) {
        String address = entry.text("userByEmail");
        if (address != null && address.endsWith(SERVICE_ACCOUNTS)) {
            return "serviceAccount:" + address;
        }
        String special = entry.text("specialGroup");
        if (special != null) {
            return SPECIAL.getOrDefault(special, special);
        }
        return PREFIXES.entrySet().stream()
                .filter(prefix -> entry.text(prefix.getKey()) != null)
                .findFirst()
                .map(prefix -> prefix.getValue() + entry.text(prefix.getKey()))
                .orElse("");
    }

    private static Form form(AccessEntry entry) {
        if (!DatasetRoles.READER.equals(DatasetRoles.normalised(entry.text("role")))) {
            return Form.OTHER;
        }
        return entry.has("condition")
                ? Lease.form(entry.condition("title"), entry.condition("expression"))
                : Form.PLAIN;
    }

    /** For people: {@code groupByEmail team@example.org as WRITER}. */
    private static String describe(AccessEntry entry) {
        String what = NAMES.stream()
                .filter(entry::has)
                .findFirst()
                .map(name -> name + " " + entry.fields().get(name))
                .orElseGet(() -> entry.fields().toString());
        String role = entry.text("role");
        return what + (role == null ? "" : " as " + role) + condition(entry);
    }

    private static String condition(AccessEntry entry) {
        if (!entry.has("condition")) {
            return "";
        }
        @Nullable String title = entry.condition("title");
        return title == null ? " under a condition" : " if \"" + title + "\"";
    }

    /**
     * Whether somebody may read rows by an entry: by its role, unless its account is deleted; by a view, routine or
     * dataset that is authorised whoever may use that.
     */
    private static boolean givesAccess(AccessEntry entry) {
        String member = entry.text("iamMember");
        String role = entry.text("role");
        return (member == null || !member.startsWith("deleted:")) && (role == null || DatasetRoles.mayRead(role));
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.simulator.Fields;

/** One entry of a dataset's access list: what it names, and what that is in IAM (facts/gcp.md 1, "entry kinds"). */
final class AccessEntry {
    /** The kinds that name somebody and need a role. */
    static final List<String> PRINCIPALS =
            List.of("userByEmail", "groupByEmail", "domain", "specialGroup", "iamMember");
    /** The kinds that authorise something and have no role. */
    static final List<String> AUTHORISED = List.of("view", "routine", "dataset");

    private static final Map<String, String> BASIC = Map.of(
            "READER", "roles/bigquery.dataViewer",
            "WRITER", "roles/bigquery.dataEditor",
            "OWNER", "roles/bigquery.dataOwner");

    private AccessEntry() {}

    /** Who the entry names; empty for an authorised view and the like, and for kinds that are not known. */
    static Optional<Member> member(String project, ObjectNode entry) {
        if (entry.has("userByEmail")) {
            String address = entry.path("userByEmail").asText();
            boolean service = Addresses.serviceAccount(address);
            return Optional.of(Member.of(service ? Member.Kind.SERVICE_ACCOUNT : Member.Kind.USER, address));
        }
        if (entry.has("groupByEmail")) {
            return Optional.of(
                    Member.of(Member.Kind.GROUP, entry.path("groupByEmail").asText()));
        }
        if (entry.has("domain")) {
            return Optional.of(
                    Member.of(Member.Kind.DOMAIN, entry.path("domain").asText()));
        }
        if (entry.has("iamMember")) {
            return Member.parse(entry.path("iamMember").asText());
        }
        return switch (entry.path("specialGroup").asText()) {
            case "projectOwners" -> Optional.of(Member.of(Member.Kind.PROJECT_OWNER, project));
            case "projectWriters" -> Optional.of(Member.of(Member.Kind.PROJECT_EDITOR, project));
            case "projectReaders" -> Optional.of(Member.of(Member.Kind.PROJECT_VIEWER, project));
            case "allAuthenticatedUsers" -> Optional.of(Member.of(Member.Kind.ALL_AUTHENTICATED_USERS, ""));
            default -> Optional.empty();
        };
    }

    static Optional<Binding> binding(String project, ObjectNode entry) {
        Optional<Condition> condition = entry.get("condition") instanceof ObjectNode json
                ? Optional.of(Condition.read(Fields.of("access.condition", json)))
                : Optional.empty();
        return member(project, entry)
                .map(member -> new Binding(fullRole(entry.path("role").asText()), List.of(member), condition));
    }

    /** The role under its IAM name. */
    static String fullRole(String role) {
        return BASIC.getOrDefault(role, role);
    }

    /** The role as BigQuery shows it: the three old roles under their old names. */
    static String shownRole(String role) {
        return BASIC.entrySet().stream()
                .filter(basic -> basic.getValue().equals(role))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(role);
    }

    /** Names a member under the key that BigQuery shows it by; the entry's other fields stay. */
    static void name(ObjectNode entry, Member member) {
        PRINCIPALS.forEach(entry::remove);
        if (member.deleted()) {
            entry.put("iamMember", member.toString());
            return;
        }
        switch (member.kind()) {
            case USER, SERVICE_ACCOUNT -> entry.put("userByEmail", member.value());
            case GROUP -> entry.put("groupByEmail", member.value());
            case DOMAIN -> entry.put("domain", member.value());
            case PROJECT_OWNER -> entry.put("specialGroup", "projectOwners");
            case PROJECT_EDITOR -> entry.put("specialGroup", "projectWriters");
            case PROJECT_VIEWER -> entry.put("specialGroup", "projectReaders");
            case ALL_AUTHENTICATED_USERS -> entry.put("specialGroup", "allAuthenticatedUsers");
            case ALL_USERS, PRINCIPAL, PRINCIPAL_SET -> entry.put("iamMember", member.toString());
        }
    }

    /** The entry with its address changed; entries that name no address stay as they are. */
    static ObjectNode mapMember(ObjectNode entry, UnaryOperator<Member> change) {
        Optional<Member> member = member("", entry).filter(m -> m.kind().isAddress());
        if (member.isEmpty() || change.apply(member.get()).equals(member.get())) {
            return entry;
        }
        ObjectNode changed = entry.deepCopy();
        name(changed, change.apply(member.get()));
        return changed;
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.simulator.Fields;

/**
 * What BigQuery refuses in an access list, and the form in which it keeps it (facts/gcp.md 1, "Dataset ACL entry kinds";
 * 2, rows 6-11). The list is a view of the dataset's IAM policy, so IAM's rules and limits hold for it.
 */
final class AccessRules {
    /** Authorised views, routines and datasets together. */
    static final int MAX_AUTHORISED = 2_500;

    private final String prefix;
    private final String project;
    private final AccessList stored;
    private final MemberRules members;
    private final PolicyRules rules;

    AccessRules(GoogleState state, String project, String dataset, AccessList stored) {
        this.prefix = "IAM setPolicy failed for Dataset " + project + ":" + dataset + ": ";
        this.project = project;
        this.stored = stored;
        this.members = new MemberRules(
                state,
                Service.BIGQUERY,
                prefix,
                project,
                member -> stored.bindings().stream()
                        .flatMap(binding -> binding.members().stream())
                        .anyMatch(other -> other.key().equals(member.key())));
        this.rules = new PolicyRules(state, Service.BIGQUERY, members, prefix);
    }

    /** @param version what the caller says it speaks; conditions need 3 */
    AccessList accept(JsonNode access, long version) {
        if (!access.isArray()) {
            throw GoogleError.invalid("Invalid value for access: expected a list");
        }
        if (version < 3 && stored.conditional()) {
            throw invalid(
                    "the dataset has conditional access entries; they can only be changed with accessPolicyVersion=3.");
        }
        List<ObjectNode> accepted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode entry : access) {
            if (!(entry instanceof ObjectNode object)) {
                throw GoogleError.invalid("Invalid access entry: " + entry);
            }
            ObjectNode kept = accept(object.deepCopy(), version);
            if (!seen.add(identity(kept))) {
                throw GoogleError.invalid("Duplicate access entry: " + kept);
            }
            accepted.add(kept);
        }
        AccessList list = AccessList.of(project, accepted);
        rules.limits(list.bindings());
        if (accepted.stream().filter(entry -> !entry.has("role")).count() > MAX_AUTHORISED) {
            throw GoogleError.invalid(
                    "The dataset has more than " + MAX_AUTHORISED + " authorized views, routines and datasets.");
        }
        return list;
    }

    private ObjectNode accept(ObjectNode entry, long version) {
        entry.properties().removeIf(field -> field.getValue().isNull());
        long named = AccessEntry.PRINCIPALS.stream().filter(entry::has).count();
        long authorised = AccessEntry.AUTHORISED.stream().filter(entry::has).count();
        if (named + authorised > 1) {
            throw GoogleError.invalid("Access entry names more than one thing: " + entry);
        }
        if (authorised == 1 || named == 0 && !unknownKind(entry)) {
            if (authorised == 0 || entry.has("role")) {
                throw GoogleError.invalid(
                        "Access entry must name exactly one thing, authorized ones without a role: " + entry);
            }
            return entry;
        }
        return named == 0 ? entry : principal(entry, version);
    }

    /** Kinds come that nobody knows yet; they are kept as they are. */
    private static boolean unknownKind(ObjectNode entry) {
        return entry.properties().stream()
                .anyMatch(f -> !List.of("role", "condition").contains(f.getKey()));
    }

    private ObjectNode principal(ObjectNode entry, long version) {
        String role = AccessEntry.fullRole(entry.path("role").asText());
        if (role.isEmpty()) {
            throw GoogleError.invalid("Access entry has no role: " + entry);
        }
        Member member = AccessEntry.member(project, entry)
                .orElseThrow(() -> GoogleError.invalid("Access entry names nobody known: " + entry));
        Optional<Condition> condition = condition(entry, version);
        rules.role(role, condition);
        Member accepted = members.accept(member);
        condition.ifPresent(c -> rules.condition(c, new Binding(role, List.of(accepted), condition)));
        AccessEntry.name(entry, accepted);
        if (condition.isEmpty()) {
            entry.put("role", AccessEntry.shownRole(role));
        }
        return entry;
    }

    private Optional<Condition> condition(ObjectNode entry, long version) {
        if (!entry.has("condition")) {
            return Optional.empty();
        }
        if (version < 3) {
            throw invalid("conditional access entries need accessPolicyVersion=3.");
        }
        try {
            return Optional.of(Condition.read(Fields.of("condition", entry.get("condition"))));
        } catch (IllegalArgumentException e) {
            throw invalid("invalid " + e.getMessage());
        }
    }

    private String identity(ObjectNode entry) {
        ObjectNode rest = entry.deepCopy();
        Optional<Member> member = AccessEntry.member(project, entry);
        AccessEntry.PRINCIPALS.forEach(rest::remove);
        rest.put("role", AccessEntry.fullRole(rest.path("role").asText()));
        return member.map(Member::key).orElse("") + rest;
    }

    private GoogleError invalid(String message) {
        return GoogleError.invalid(prefix + message);
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/**
 * One line of a legacy access control list (cloud.google.com/storage/docs/access-control/lists).
 *
 * @param entity {@code user-EMAIL}, {@code group-EMAIL}, {@code domain-NAME}, {@code project-viewers-NUMBER}, {@code
 *     allUsers}, …
 * @param role {@code READER}, {@code WRITER} or {@code OWNER}
 */
record AclEntry(String entity, String role) {
    private static final Map<String, Member.Kind> TEAMS = Map.of(
            "owners", Member.Kind.PROJECT_OWNER,
            "editors", Member.Kind.PROJECT_EDITOR,
            "viewers", Member.Kind.PROJECT_VIEWER);

    /** @throws IllegalArgumentException naming the field */
    static AclEntry read(Fields fields) {
        AclEntry entry = new AclEntry(fields.text("entity"), fields.text("role"));
        fields.end();
        return entry;
    }

    ObjectNode json() {
        return Json.MAPPER.createObjectNode().put("entity", entity).put("role", role);
    }

    static String entity(GoogleState state, Member member) {
        return switch (member.kind()) {
            case USER, SERVICE_ACCOUNT -> "user-" + member.value();
            case GROUP -> "group-" + member.value();
            case DOMAIN -> "domain-" + member.value();
            case PROJECT_OWNER -> team(state, "owners", member);
            case PROJECT_EDITOR -> team(state, "editors", member);
            case PROJECT_VIEWER -> team(state, "viewers", member);
            case ALL_USERS, ALL_AUTHENTICATED_USERS -> member.kind().prefix;
            case PRINCIPAL, PRINCIPAL_SET -> member.toString();
        };
    }

    private static String team(GoogleState state, String team, Member project) {
        return "project-" + team + "-" + state.project(project.value()).number;
    }

    /** Whom the entity means; empty if it is of no known form, or a team of another project. */
    static Optional<Member> member(GoogleState state, String project, String entity) {
        if (entity.equals("allUsers") || entity.equals("allAuthenticatedUsers")) {
            return Member.parse(entity);
        }
        int dash = entity.indexOf('-');
        String value = entity.substring(dash + 1);
        return switch (dash < 0 ? "" : entity.substring(0, dash)) {
            case "user" ->
                Optional.of(Member.of(
                        Addresses.serviceAccount(value) ? Member.Kind.SERVICE_ACCOUNT : Member.Kind.USER, value));
            case "group" -> Optional.of(Member.of(Member.Kind.GROUP, value));
            case "domain" -> Optional.of(Member.of(Member.Kind.DOMAIN, value));
            case "project" ->
                TEAMS.entrySet().stream()
                        .filter(team -> value.equals(team.getKey() + "-" + state.project(project).number))
                        .findFirst()
                        .map(team -> Member.of(team.getValue(), project));
            default -> Optional.empty();
        };
    }

    /** What a list of an object means as IAM bindings. */
    static List<Binding> bindings(GoogleState state, String project, List<AclEntry> acl) {
        return acl.stream()
                .flatMap(entry -> member(state, project, entry.entity()).stream()
                        .map(member -> Binding.of(
                                entry.role().equals("OWNER")
                                        ? "roles/storage.legacyObjectOwner"
                                        : "roles/storage.legacyObjectReader",
                                member)))
                .toList();
    }
}

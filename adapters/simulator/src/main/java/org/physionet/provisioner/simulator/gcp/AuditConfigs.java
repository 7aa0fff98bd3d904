package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.simulator.Json;

/**
 * Which data access is logged: Cloud Storage only where a project, or what is above it, says so; BigQuery always
 * (facts/gcp.md 4). Resources that are open to everybody are never logged.
 */
final class AuditConfigs {
    private AuditConfigs() {}

    /** @param type {@code ADMIN_READ}, {@code DATA_READ} or {@code DATA_WRITE} */
    static boolean storageLogs(GoogleState state, Bucket bucket, String type, Caller caller) {
        Node project = state.project(bucket.project);
        boolean configured = configured(project, type, caller)
                || project.ancestors.stream().anyMatch(above -> configured(state.node(above), type, caller));
        return configured && !open(bucket.policy.inForce(state.now()).bindings());
    }

    static boolean open(List<Binding> bindings) {
        return bindings.stream()
                .flatMap(binding -> binding.members().stream())
                .anyMatch(member ->
                        member.kind() == Member.Kind.ALL_USERS || member.kind() == Member.Kind.ALL_AUTHENTICATED_USERS);
    }

    private static boolean configured(Node node, String type, Caller caller) {
        for (JsonNode config : node.policy.stored().auditConfigs()) {
            String service = config.path("service").asText();
            if (!service.equals("allServices") && !service.equals("storage.googleapis.com")) {
                continue;
            }
            for (JsonNode log : config.path("auditLogConfigs")) {
                if (log.path("logType").asText().equals(type) && !exempt(log, caller)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean exempt(JsonNode log, Caller caller) {
        String key = Addresses.key(caller.email());
        for (JsonNode member : log.path("exemptedMembers")) {
            if (Member.parse(member.asText()).map(each -> each.isAt(key)).orElse(false)) {
                return true;
            }
        }
        return false;
    }

    /** Which logs were switched off and on, as Admin Activity shows it. */
    static ArrayNode deltas(Iterable<? extends JsonNode> before, Iterable<? extends JsonNode> after) {
        SortedSet<String> had = types(before);
        SortedSet<String> has = types(after);
        ArrayNode deltas = Json.MAPPER.createArrayNode();
        had.stream().filter(one -> !has.contains(one)).forEach(one -> delta(deltas, "REMOVE", one));
        has.stream().filter(one -> !had.contains(one)).forEach(one -> delta(deltas, "ADD", one));
        return deltas;
    }

    private static void delta(ArrayNode deltas, String action, String one) {
        deltas.addObject()
                .put("action", action)
                .put("service", one.substring(0, one.indexOf(' ')))
                .put("logType", one.substring(one.indexOf(' ') + 1));
    }

    private static SortedSet<String> types(Iterable<? extends JsonNode> configs) {
        SortedSet<String> types = new TreeSet<>();
        for (JsonNode config : configs) {
            for (JsonNode log : config.path("auditLogConfigs")) {
                types.add(config.path("service").asText() + " "
                        + log.path("logType").asText());
            }
        }
        return types;
    }
}

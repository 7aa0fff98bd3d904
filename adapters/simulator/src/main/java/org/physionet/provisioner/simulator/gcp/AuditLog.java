package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.simulator.Json;

/**
 * The audit log as Google would write it (facts/gcp.md 4): data reads, allowed and denied, and policy changes. Not part
 * of the state, except what sinks have still to deliver; the oldest entries go when there are more than {@link #MOST}.
 */
final class AuditLog {
    static final int MOST = 100_000;

    private final Deque<ObjectNode> entries = new ArrayDeque<>();

    /**
     * Adds an entry with the common fields and returns it, to be filled in.
     *
     * @param log {@code activity} or {@code data_access}
     * @param parent full name of the project, folder or organization whose log it is
     */
    ObjectNode add(GoogleState state, Call call, Caller caller, String log, String parent, String method, String name) {
        Instant now = state.now();
        ObjectNode entry = Json.MAPPER.createObjectNode();
        entry.put("logName", parent + "/logs/cloudaudit.googleapis.com%2F" + log);
        entry.put("timestamp", now.toString());
        entry.put("receiveTimestamp", now.plus(state.logging.delivery()).toString());
        entry.put("insertId", "sim-" + state.logging.nextNumber());
        entry.put("severity", log.equals("activity") ? "NOTICE" : "INFO");
        ObjectNode labels = entry.putObject("resource").putObject("labels");
        if (parent.startsWith("projects/")) {
            labels.put("project_id", parent.substring("projects/".length()));
        }
        ObjectNode payload = entry.putObject("protoPayload");
        payload.put("@type", "type.googleapis.com/google.cloud.audit.AuditLog");
        payload.putObject("status");
        payload.putObject("authenticationInfo").put("principalEmail", caller.email());
        ObjectNode request = payload.putObject("requestMetadata");
        request.put("callerIp", call.header("x-forwarded-for").orElse("127.0.0.1"));
        request.put("callerSuppliedUserAgent", call.header("user-agent").orElse(""));
        request.putObject("requestAttributes").put("time", now.toString());
        payload.put("methodName", method).put("resourceName", name);
        entries.add(entry);
        if (entries.size() > MOST) {
            entries.removeFirst();
        }
        state.logging.route(state, entry, log, parent);
        return entry;
    }

    static void authorisation(ObjectNode payload, String resource, String permission, boolean granted) {
        payload.putArray("authorizationInfo")
                .addObject()
                .put("resource", resource)
                .put("permission", permission)
                .put("granted", granted);
        if (!granted) {
            ((ObjectNode) payload.get("status")).put("code", 7).put("message", "PERMISSION_DENIED");
        }
    }

    /** Who gained and lost what, as Admin Activity shows it. */
    static ArrayNode deltas(Policy before, Policy after) {
        ArrayNode deltas = Json.MAPPER.createArrayNode();
        delta(deltas, "REMOVE", before, after);
        delta(deltas, "ADD", after, before);
        return deltas;
    }

    private static void delta(ArrayNode deltas, String action, Policy in, Policy notIn) {
        Set<Grant> kept = new HashSet<>();
        notIn.bindings().forEach(b -> b.members().forEach(m -> kept.add(new Grant(b.role(), b.condition(), m))));
        for (Binding binding : in.bindings()) {
            for (Member member : binding.members()) {
                if (!kept.contains(new Grant(binding.role(), binding.condition(), member))) {
                    ObjectNode delta = deltas.addObject();
                    delta.put("action", action).put("role", binding.role()).put("member", member.toString());
                    binding.condition().ifPresent(condition -> delta.set("condition", condition.json()));
                }
            }
        }
    }

    private record Grant(String role, Optional<Condition> condition, Member member) {}

    /** What has arrived by now, in order of the events. */
    ArrayNode json(Instant now) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        entries.stream()
                .filter(entry ->
                        !Instant.parse(entry.path("receiveTimestamp").asText()).isAfter(now))
                .forEach(list::add);
        return list;
    }
}

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
 * of the state; the oldest entries go when there are more than {@link #MOST}.
 */
final class AuditLog {
    static final int MOST = 100_000;

    private final Deque<ObjectNode> entries = new ArrayDeque<>();
    private long number;

    /** Adds an entry with the common fields and returns its {@code protoPayload}, to be filled in. */
    ObjectNode add(
            GoogleState state, Call call, Caller caller, String log, String project, String method, String name) {
        Instant now = state.now();
        ObjectNode entry = Json.MAPPER.createObjectNode();
        entry.put("logName", "projects/" + project + "/logs/cloudaudit.googleapis.com%2F" + log);
        entry.put("timestamp", now.toString()).put("receiveTimestamp", now.toString());
        entry.put("insertId", "sim-" + ++number);
        entry.put("severity", log.equals("activity") ? "NOTICE" : "INFO");
        entry.putObject("resource").putObject("labels").put("project_id", project);
        ObjectNode payload = entry.putObject("protoPayload");
        payload.put("@type", "type.googleapis.com/google.cloud.audit.AuditLog");
        payload.putObject("status");
        payload.putObject("authenticationInfo").put("principalEmail", caller.email());
        ObjectNode request = payload.putObject("requestMetadata");
        request.put("callerIp", "127.0.0.1");
        request.put("callerSuppliedUserAgent", call.header("user-agent").orElse(""));
        request.putObject("requestAttributes").put("time", now.toString());
        payload.put("methodName", method).put("resourceName", name);
        entries.add(entry);
        if (entries.size() > MOST) {
            entries.removeFirst();
        }
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

    ArrayNode json() {
        ArrayNode list = Json.MAPPER.createArrayNode();
        entries.forEach(list::add);
        return list;
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/** IAM policies as JSON, as the APIs and the state file have them. */
final class PolicyWire {
    private PolicyWire() {}

    /** A policy as a caller sent it. */
    record Draft(Policy policy, int version, Optional<String> etag) {}

    /**
     * What a reader sees who asked for at most this version: below 3, a condition becomes a mark at the end of the role
     * (facts/gcp.md 1, "Conditions and expiry").
     */
    static ObjectNode shown(Policy policy, String etag, long requestedVersion) {
        boolean conditions = requestedVersion >= 3;
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("version", policy.conditional() && conditions ? 3 : 1);
        json.put("etag", etag);
        json.set("bindings", bindings(policy, conditions));
        if (!policy.auditConfigs().isEmpty()) {
            json.set("auditConfigs", policy.auditConfigs().deepCopy());
        }
        return json;
    }

    static ArrayNode bindings(Policy policy, boolean conditions) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Binding binding : policy.bindings()) {
            ObjectNode json = list.addObject();
            String mark = conditions
                    ? ""
                    : binding.condition().map(c -> "_withcond_" + c.hash()).orElse("");
            json.put("role", binding.role() + mark);
            ArrayNode members = json.putArray("members");
            binding.members().forEach(member -> members.add(member.toString()));
            if (conditions) {
                binding.condition().ifPresent(condition -> json.set("condition", condition.json()));
            }
        }
        return list;
    }

    /** @throws GoogleError if it is no policy */
    static Draft draft(ObjectNode body) {
        try {
            long version =
                    body.path("version").isNull() ? 0 : body.path("version").asLong(0);
            JsonNode etag = body.path("etag");
            Optional<String> given =
                    etag.isTextual() && !etag.textValue().isEmpty() ? Optional.of(etag.textValue()) : Optional.empty();
            JsonNode audit = body.path("auditConfigs");
            return new Draft(
                    new Policy(
                            bindings("policy", body.path("bindings")),
                            audit instanceof ArrayNode list ? list : Json.MAPPER.createArrayNode()),
                    (int) version,
                    given);
        } catch (IllegalArgumentException e) {
            throw GoogleError.invalid("Invalid argument: " + e.getMessage());
        }
    }

    /** @throws IllegalArgumentException naming the field */
    static List<Binding> bindings(String where, JsonNode json) {
        List<Binding> bindings = new ArrayList<>();
        if (!json.isMissingNode() && !json.isNull() && !json.isArray()) {
            throw new IllegalArgumentException(where + ".bindings: expected a list");
        }
        for (int i = 0; i < json.size(); i++) {
            Fields fields = Fields.of(where + ".bindings[" + i + "]", json.get(i));
            List<Member> members = fields.texts("members").stream()
                    .map(text -> Member.parse(text)
                            .orElseThrow(() -> new IllegalArgumentException("The member " + text
                                    + " is of an unknown type. Please set a valid type prefix for the member.")))
                    .toList();
            Optional<Condition> condition =
                    fields.object("condition").map(c -> Condition.read(Fields.of(fields.where() + ".condition", c)));
            // Old clients echo it; it has no meaning for access.
            fields.optionalText("bindingId");
            bindings.add(new Binding(fields.text("role"), members, condition));
            fields.end();
        }
        return bindings;
    }
}

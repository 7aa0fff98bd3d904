package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/** Policies, and the projects, folders and organizations that carry them, in {@link StateJson}. */
final class PolicyState {
    private PolicyState() {}

    static ObjectNode dump(Propagated<Policy> policy) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("bindings", PolicyWire.bindings(policy.stored(), true));
        if (!policy.stored().auditConfigs().isEmpty()) {
            json.set("auditConfigs", policy.stored().auditConfigs().deepCopy());
        }
        for (Propagated.Older<Policy> older : policy.older()) {
            ObjectNode still = json.withArrayProperty("stillInForce").addObject();
            still.put("until", older.until().toString());
            still.set("bindings", PolicyWire.bindings(older.value(), true));
        }
        return json;
    }

    static Propagated<Policy> load(String where, ObjectNode json) {
        Fields fields = Fields.of(where, json);
        ArrayNode bindings = list(fields.list("bindings"));
        ArrayNode audits = list(fields.list("auditConfigs"));
        List<Propagated.Older<Policy>> older = new ArrayList<>();
        for (Fields still : fields.objects("stillInForce")) {
            Instant until = instant(still, "until");
            List<Binding> old = PolicyWire.bindings(still.where(), list(still.list("bindings")));
            still.end();
            older.add(new Propagated.Older<>(Policy.of(old), until));
        }
        fields.end();
        return new Propagated<>(new Policy(PolicyWire.bindings(where, bindings), audits), older);
    }

    static Instant instant(Fields fields, String name) {
        return fields.instant(name).orElseThrow(() -> fields.wrong(name, "an instant", "nothing"));
    }

    static ArrayNode list(List<? extends JsonNode> elements) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        elements.forEach(list::add);
        return list;
    }

    static ObjectNode node(Node node) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", node.name).put("number", node.number);
        node.ancestors.forEach(json.putArray("ancestors")::add);
        if (!node.disabledServices.isEmpty()) {
            node.disabledServices.forEach(json.putArray("disabledServices")::add);
        }
        json.put("write", node.write);
        json.set("iam", dump(node.policy));
        return json;
    }

    static void node(GoogleState state, Fields fields) {
        String name = fields.text("name");
        if (!name.matches("(projects/[a-z][a-z0-9.:-]{1,60}|(folders|organizations)/\\d+)")) {
            throw fields.wrong("name", "projects/ID, folders/NUMBER or organizations/NUMBER", "\"" + name + "\"");
        }
        Propagated<Policy> policy = fields.object("iam")
                .map(iam -> load(fields.where() + ".iam", iam))
                .orElseGet(() -> Node.fresh(name).policy);
        Node node = new Node(
                name,
                fields.optionalText("number").orElseGet(() -> Node.numberOf(name)),
                fields.texts("ancestors"),
                policy,
                fields.wholeNumber("write").orElse(0L));
        node.disabledServices.addAll(fields.texts("disabledServices"));
        fields.end();
        state.writes = Math.max(state.writes, node.write);
        if (state.nodes.putIfAbsent(name, node) != null) {
            throw new IllegalArgumentException(fields.where() + ": " + name + " is named twice");
        }
    }
}

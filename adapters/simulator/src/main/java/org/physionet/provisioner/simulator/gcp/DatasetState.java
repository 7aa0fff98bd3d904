package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/** Datasets and tables in {@link StateJson}. */
final class DatasetState {
    private DatasetState() {}

    static ObjectNode dump(BqDataset dataset) {
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("project", dataset.project).put("id", dataset.id);
        json.put("created", dataset.created.toString()).put("modified", dataset.modified.toString());
        json.put("write", dataset.write);
        json.set("metadata", dataset.metadata.deepCopy());
        json.set("access", PolicyState.list(dataset.access.stored().entries()).deepCopy());
        for (Propagated.Older<AccessList> older : dataset.access.older()) {
            ObjectNode still = json.withArrayProperty("stillInForce").addObject();
            still.put("until", older.until().toString());
            still.set("access", PolicyState.list(older.value().entries()).deepCopy());
        }
        ArrayNode tables = json.putArray("tables");
        for (BqTable table : dataset.tables.values()) {
            ObjectNode each = tables.addObject().put("id", table.id).put("created", table.created.toString());
            each.set("metadata", table.metadata.deepCopy());
            each.set("rows", PolicyState.list(table.rows).deepCopy());
        }
        return json;
    }

    static void load(GoogleState state, Fields fields, Instant now) {
        String project = fields.text("project");
        String id = fields.text("id");
        List<JsonNode> access = fields.list("access");
        AccessList stored = access.isEmpty()
                ? BqDataset.defaultAccess(project, Accounts.ADMINISTRATOR)
                : accessList(fields.where(), project, access);
        List<Propagated.Older<AccessList>> older = new ArrayList<>();
        for (Fields still : fields.objects("stillInForce")) {
            Instant until = PolicyState.instant(still, "until");
            older.add(new Propagated.Older<>(accessList(still.where(), project, still.list("access")), until));
            still.end();
        }
        Instant created = fields.instant("created").orElse(now);
        BqDataset dataset = new BqDataset(
                project,
                id,
                created,
                fields.instant("modified").orElse(created),
                fields.object("metadata").map(ObjectNode::deepCopy).orElseGet(Json.MAPPER::createObjectNode),
                fields.wholeNumber("write").orElse(1L),
                new Propagated<>(stored, older));
        for (Fields each : fields.objects("tables")) {
            BqTable table = table(each, now);
            dataset.tables.put(table.id, table);
        }
        fields.end();
        state.writes = Math.max(state.writes, dataset.write);
        if (state.datasets.putIfAbsent(project + "." + id, dataset) != null) {
            throw new IllegalArgumentException(fields.where() + ": dataset " + dataset.name() + " is named twice");
        }
    }

    private static AccessList accessList(String where, String project, List<JsonNode> entries) {
        List<ObjectNode> objects = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String each = where + ".access[" + i + "]";
            if (!(entries.get(i) instanceof ObjectNode entry)) {
                throw new IllegalArgumentException(each + ": expected an access entry, found " + entries.get(i));
            }
            if (entry.has("condition")) {
                Condition.read(Fields.of(each + ".condition", entry.get("condition")));
            }
            objects.add(entry.deepCopy());
        }
        return AccessList.of(project, objects);
    }

    private static BqTable table(Fields fields, Instant now) {
        BqTable table = new BqTable(
                fields.text("id"),
                fields.instant("created").orElse(now),
                fields.object("metadata").map(ObjectNode::deepCopy).orElseGet(Json.MAPPER::createObjectNode));
        for (JsonNode row : fields.list("rows")) {
            if (!(row instanceof ObjectNode values)) {
                throw fields.wrong("rows", "objects by column", row.toString());
            }
            table.rows.add(values.deepCopy());
        }
        fields.end();
        return table;
    }
}

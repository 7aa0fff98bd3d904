package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** The table resource, {@code bigquery#table}, and rows on the wire. */
final class TableJson {
    private static final List<String> COMPUTED = List.of(
            "kind",
            "etag",
            "id",
            "selfLink",
            "tableReference",
            "creationTime",
            "lastModifiedTime",
            "numRows",
            "numBytes",
            "type",
            "location");

    private TableJson() {}

    static ObjectNode settable(ObjectNode body) {
        return body.deepCopy().without(COMPUTED);
    }

    static ObjectNode shown(BqDataset dataset, BqTable table) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#table");
        json.put("etag", Etags.ofWrite(table.created.toEpochMilli()));
        json.put("id", dataset.name() + "." + table.id);
        reference(json.putObject("tableReference"), dataset, table);
        json.setAll(table.metadata.deepCopy());
        json.put("creationTime", String.valueOf(table.created.toEpochMilli()));
        json.put("numRows", String.valueOf(table.rows.size()));
        return json.put("type", table.metadata.has("view") ? "VIEW" : "TABLE");
    }

    static ObjectNode reference(ObjectNode json, BqDataset dataset, BqTable table) {
        return json.put("projectId", dataset.project)
                .put("datasetId", dataset.id)
                .put("tableId", table.id);
    }

    /** A page of {@code tabledata.list}. */
    static Response page(Call call, List<String> columns, List<ObjectNode> rows, int start) {
        Paging<ObjectNode> page = Paging.of(
                rows.subList(start, rows.size()), call.parameter("pageToken"), call.number("maxResults"), 100_000);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#tableDataList");
        json.put("totalRows", String.valueOf(rows.size()));
        json.set("rows", rows(columns, page.page()));
        page.nextToken().ifPresent(token -> json.put("pageToken", token));
        return Response.json(200, Json.text(json));
    }

    /** Rows as {@code {"f":[{"v":…}]}}: scalars are texts. */
    static ArrayNode rows(List<String> columns, List<ObjectNode> rows) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (ObjectNode row : rows) {
            ArrayNode cells = list.addObject().putArray("f");
            for (String column : columns) {
                JsonNode value = row.path(column);
                ObjectNode cell = cells.addObject();
                if (value.isMissingNode() || value.isNull()) {
                    cell.putNull("v");
                } else if (value.isValueNode()) {
                    cell.put("v", value.asText());
                } else {
                    cell.set("v", value);
                }
            }
        }
        return list;
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.simulator.Json;

/** Where a job's rows go: of a load job, lines of JSON that were uploaded with it; of a query, what it found. */
record LoadJob(GoogleState state, Caller caller) {
    /** @return as many rows as the lines have */
    QueryResult load(ObjectNode load, byte[] content) {
        if (!load.path("sourceFormat").asText().equals("NEWLINE_DELIMITED_JSON")) {
            throw new GoogleError(501, "notImplemented", "The simulator loads NEWLINE_DELIMITED_JSON only");
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                rows.add(row(line, rows.size() + 1));
            }
        }
        QueryResult result = new QueryResult(load.path("schema"), rows);
        for (ObjectNode row : rows) {
            row.fieldNames().forEachRemaining(name -> {
                if (!result.columns().contains(name)) {
                    throw GoogleError.invalid("Error while reading data: No such field: " + name + ".");
                }
            });
        }
        store(load, result);
        return result;
    }

    private static ObjectNode row(String line, int number) {
        try {
            if (Json.parse(line.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode row) {
                return row;
            }
        } catch (IllegalArgumentException e) {
            // Told below, like any other line that is no object.
        }
        throw GoogleError.invalid("Error while reading data: line " + number + " is no JSON object");
    }

    /** @param to with {@code destinationTable} and the dispositions */
    void store(JsonNode to, QueryResult result) {
        JsonNode name = to.path("destinationTable");
        String project = name.path("projectId").asText();
        String id = name.path("datasetId").asText();
        BqDataset dataset = state.dataset(project, id)
                .orElseThrow(() -> GoogleError.notFound("Not found: Dataset " + project + ":" + id));
        String tableId = name.path("tableId").asText();
        BqTable table = dataset.tables.get(tableId);
        caller.need(
                table == null ? "bigquery.tables.create" : "bigquery.tables.updateData",
                Target.dataset(state, dataset));
        boolean truncate = to.path("writeDisposition").asText().equals("WRITE_TRUNCATE");
        if (table == null || truncate) {
            ObjectNode metadata = Json.MAPPER.createObjectNode();
            metadata.set("schema", result.schema().deepCopy());
            table = new BqTable(tableId, state.stamp(), metadata);
            dataset.tables.put(tableId, table);
        }
        table.rows.addAll(result.rows());
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a query found.
 *
 * @param schema as in a table's {@code schema}
 */
record QueryResult(JsonNode schema, List<ObjectNode> rows) {
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        schema.path("fields").forEach(field -> columns.add(field.path("name").asText()));
        return columns;
    }

    long bytes() {
        return rows.stream().mapToLong(row -> row.toString().length()).sum();
    }
}

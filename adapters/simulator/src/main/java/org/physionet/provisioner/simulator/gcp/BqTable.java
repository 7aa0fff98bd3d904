package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A table: its metadata as the owner wrote it, and its rows as JSON objects by column. */
final class BqTable {
    final String id;
    final Instant created;
    final ObjectNode metadata;
    final List<ObjectNode> rows = new ArrayList<>();

    BqTable(String id, Instant created, ObjectNode metadata) {
        this.id = id;
        this.created = created;
        this.metadata = metadata;
    }

    /** Column names in order. */
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        metadata.path("schema")
                .path("fields")
                .forEach(field -> columns.add(field.path("name").asText()));
        return columns;
    }
}

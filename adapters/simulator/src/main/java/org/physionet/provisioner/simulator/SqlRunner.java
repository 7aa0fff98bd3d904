package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Runs the SQL that the simulator has no engine for. One is found with {@link java.util.ServiceLoader}, if the path has any: the simulator
 * does the protocol and the permissions, and whoever wants real answers brings what computes them.
 */
public interface SqlRunner {
    /**
     * @param schema as in a table's {@code schema}: names and types of the fields
     * @param rows objects by column
     */
    record Table(JsonNode schema, List<ObjectNode> rows) {}

    /**
     * @param sql in the words of the engine that is simulated
     * @param tables that it names in backquotes, by {@code PROJECT.DATASET.TABLE}
     * @throws IllegalArgumentException if it is wrong; the message is what BigQuery would say
     */
    Table run(String sql, Map<String, Table> tables);
}

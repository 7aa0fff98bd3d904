package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/**
 * What to answer to SQL that the simulator can not run, so that the protocol around a query (submit, poll, page, error)
 * can be tried: {@code {"sql"*: "(?is).*cloudaudit.*", "reads": ["p.d.t"], "schema"*: {"fields": […]}, "rows": [{"column":
 * "value"}]}}.
 *
 * @param sql the whole text must match
 * @param reads tables, {@code PROJECT.DATASET.TABLE}, that the caller must be able to read
 */
record QueryAnswer(Pattern sql, List<String> reads, QueryResult result) {

    /** @throws IllegalArgumentException naming the field */
    static QueryAnswer read(Fields fields) {
        String expression = fields.text("sql");
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode row : fields.list("rows")) {
            if (!(row instanceof ObjectNode values)) {
                throw fields.wrong("rows", "objects by column", row.toString());
            }
            rows.add(values.deepCopy());
        }
        List<String> reads = fields.texts("reads");
        if (!reads.stream().allMatch(table -> table.matches("[^.]+\\.[^.]+\\.[^.]+"))) {
            throw fields.wrong("reads", "PROJECT.DATASET.TABLE each", reads.toString());
        }
        ObjectNode schema =
                fields.object("schema").orElseThrow(() -> fields.wrong("schema", "a table's schema", "nothing"));
        fields.end();
        try {
            return new QueryAnswer(Pattern.compile(expression), reads, new QueryResult(schema.deepCopy(), rows));
        } catch (PatternSyntaxException e) {
            throw fields.wrong("sql", "a regular expression", e.getDescription());
        }
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("sql", sql.pattern());
        reads.forEach(json.putArray("reads")::add);
        json.set("schema", result.schema().deepCopy());
        ArrayNode rows = json.putArray("rows");
        result.rows().forEach(row -> rows.add(row.deepCopy()));
        return json;
    }
}

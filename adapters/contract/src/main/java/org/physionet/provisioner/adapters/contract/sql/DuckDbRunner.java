package org.physionet.provisioner.adapters.contract.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import org.duckdb.DuckDBDriver;
import org.physionet.provisioner.simulator.SqlRunner;

/**
 * GoogleSQL, and Trino's SQL as Athena has it, by way of DuckDB, over the tables that a statement names: quotes differ, and a few functions, which are defined. It shows that
 * a statement means what it should; that the service's own parser takes it, it does not show.
 */
public final class DuckDbRunner implements SqlRunner {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FUNCTIONS = List.of(
            "create macro unix_micros(t) as epoch_us(t)",
            "create macro timestamp_micros(n) as make_timestamp(n)",
            "create macro farm_fingerprint(t) as if(t is null, null, (hash(t) // 2)::bigint)",
            "create macro with_timezone(t, zone) as t",
            "create macro to_unixtime(t) as epoch(t)",
            "create macro from_unixtime_nanos(n) as make_timestamp(n // 1000)",
            "create macro to_utf8(t) as t",
            "create macro xxhash64(t) as t",
            "create macro from_big_endian_64(t) as if(t is null, null, (hash(t) // 2)::bigint)",
            "create type bignumeric as decimal(38, 0)",
            "create macro to_json_string(r) as to_json(r)::varchar");

    /** One for all, because starting it takes longer than most statements do. */
    private static final class Shared {
        static final Connection CONNECTION = open();

        private static Connection open() {
            try {
                Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set TimeZone = 'UTC'");
                    for (String function : FUNCTIONS) {
                        statement.execute(function);
                    }
                }
                return connection;
            } catch (SQLException e) {
                throw new IllegalStateException("DuckDB can not start", e);
            }
        }
    }

    /** What stands in a table, so that it is filled once: how many rows, and which objects the first and the last are. */
    private record Content(JsonNode schema, int rows, int first, int last) {
        static Content of(Table table) {
            int many = table.rows().size();
            return new Content(
                    table.schema(),
                    many,
                    many == 0 ? 0 : System.identityHashCode(table.rows().getFirst()),
                    many == 0 ? 0 : System.identityHashCode(table.rows().getLast()));
        }
    }

    private static final Map<String, Content> FILLED = new HashMap<>();

    @Override
    public Table run(String sql, Map<String, Table> tables) {
        synchronized (FILLED) {
            try (Statement statement = Shared.CONNECTION.createStatement()) {
                for (Map.Entry<String, Table> table : tables.entrySet()) {
                    Content content = Content.of(table.getValue());
                    if (!content.equals(FILLED.get(table.getKey()))) {
                        fill(statement, table.getKey(), table.getValue());
                        FILLED.put(table.getKey(), content);
                    }
                }
                try (ResultSet found = statement.executeQuery(sql.replace('`', '"'))) {
                    return table(found);
                }
            } catch (SQLException e) {
                throw new IllegalArgumentException("Syntax error or unknown name: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void fill(Statement statement, String name, Table table) throws SQLException, IOException {
        StringJoiner columns = new StringJoiner(", ");
        StringJoiner types = new StringJoiner(", ", "{", "}");
        for (JsonNode field : table.schema().path("fields")) {
            String column = field.path("name").asText();
            columns.add('"' + column + "\" " + type(field));
            types.add("'" + column + "': '" + type(field).replace("'", "''") + "'");
        }
        statement.execute("create or replace table \"" + name + "\" (" + columns + ")");
        if (table.rows().isEmpty()) {
            return;
        }
        Path file = Files.createTempFile("rows-", ".ndjson");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                for (ObjectNode row : table.rows()) {
                    out.write(row + "\n");
                }
            }
            statement.execute("insert into \"" + name + "\" by name select * from read_json('" + file
                    + "', format = 'newline_delimited', columns = " + types + ")");
        } finally {
            Files.delete(file);
        }
    }

    private static String type(JsonNode field) {
        String one = switch (field.path("type").asText()) {
            case "STRING" -> "varchar";
            case "INTEGER", "INT64" -> "bigint";
            case "FLOAT", "FLOAT64" -> "double";
            case "BOOLEAN", "BOOL" -> "boolean";
            case "TIMESTAMP" -> "timestamp";
            case "DATE" -> "date";
            case "BIGNUMERIC" -> "decimal(38, 0)";
            case "RECORD", "STRUCT" -> {
                StringJoiner inner = new StringJoiner(", ", "struct(", ")");
                field.path("fields")
                        .forEach(each -> inner.add('"' + each.path("name").asText() + "\" " + type(each)));
                yield inner.toString();
            }
            case String other -> throw new IllegalArgumentException("no such type: " + other);
        };
        return field.path("mode").asText().equals("REPEATED") ? one + "[]" : one;
    }

    private static Table table(ResultSet found) throws SQLException {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode fields = schema.putArray("fields");
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            // A result may have two columns of one name or of none; a table may not, and its cells go by name here.
            String label = found.getMetaData().getColumnLabel(i);
            String name = names.contains(label) || !label.matches("\\w+") ? "f" + i + "_" : label;
            names.add(name);
            fields.addObject()
                    .put("name", name)
                    .put("type", googleType(found.getMetaData().getColumnTypeName(i)));
        }
        List<ObjectNode> rows = new ArrayList<>();
        while (found.next()) {
            ObjectNode row = JSON.createObjectNode();
            for (int i = 1; i <= names.size(); i++) {
                Object value = found.getObject(i);
                row.put(names.get(i - 1), value == null ? null : value.toString());
            }
            rows.add(row);
        }
        return new Table(schema, rows);
    }

    private static String googleType(String type) {
        return switch (type) {
            case "BIGINT", "INTEGER", "HUGEINT" -> "INTEGER";
            case "BOOLEAN" -> "BOOLEAN";
            case "DOUBLE" -> "FLOAT";
            case "TIMESTAMP" -> "TIMESTAMP";
            case "DATE" -> "DATE";
            case "DECIMAL(38,0)" -> "BIGNUMERIC";
            default -> "STRING";
        };
    }
}

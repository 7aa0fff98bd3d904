package org.physionet.provisioner.simulator.aws.athena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.SqlRunner;
import org.physionet.provisioner.simulator.aws.state.AwsState;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.StoredObject;

/**
 * What statements do: tables over lines of JSON in S3 come and go, and everything else is a query for a {@link SqlRunner}. Whatever format
 * a table asks for, its data are lines of JSON here.
 */
final class Statements {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXTERNAL = Pattern.compile(
            "(?is)create external table `(\\w+)`\\.`(\\w+)` \\((.*)\\) row format serde '[^']+' location 's3://([^/']+)/([^']*)'");
    private static final Pattern MADE = Pattern.compile(
            "(?is)create table \"(\\w+)\"\\.\"(\\w+)\" with \\(format = 'PARQUET', external_location = 's3://([^/']+)/([^']*)'\\) as (.*)");
    private static final Pattern DROP = Pattern.compile("(?is)drop table if exists `(\\w+)`\\.`(\\w+)`");
    private static final Pattern NAMED = Pattern.compile("\"(\\w+)\"\\.\"(\\w+)\"");

    private final AwsState state;
    private final Map<String, Source> tables = new TreeMap<>();
    /** By place and content. */
    private final Map<String, List<ObjectNode>> parsed = new TreeMap<>();

    private record Source(JsonNode schema, String bucket, String prefix) {}

    Statements(AwsState state) {
        this.state = state;
    }

    /**
     * @param account whose buckets may be used
     * @throws IllegalArgumentException with what Athena would say
     */
    SqlRunner.Table run(String sql, String account, Instant now) {
        Matcher external = EXTERNAL.matcher(sql);
        if (external.matches()) {
            bucket(external.group(4), account);
            add(
                    external.group(1),
                    external.group(2),
                    new Source(schema(external.group(3)), external.group(4), external.group(5)));
            return nothing();
        }
        Matcher dropped = DROP.matcher(sql);
        if (dropped.matches()) {
            tables.remove(dropped.group(1) + "." + dropped.group(2));
            return nothing();
        }
        Matcher made = MADE.matcher(sql);
        if (!made.matches()) {
            return query(sql, account);
        }
        Bucket bucket = bucket(made.group(3), account);
        String prefix = made.group(4);
        if (bucket.objects().keySet().stream().anyMatch(key -> key.startsWith(prefix))) {
            throw new IllegalArgumentException(
                    "HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: s3://" + bucket.name() + "/"
                            + prefix);
        }
        SqlRunner.Table found = query(made.group(5), account);
        StringBuilder lines = new StringBuilder();
        found.rows().forEach(row -> lines.append(row).append('\n'));
        String key = prefix + "part-0";
        byte[] data = lines.toString().getBytes(StandardCharsets.UTF_8);
        bucket.objects().put(key, StoredObject.of(key, data, Map.of(), now));
        add(made.group(1), made.group(2), new Source(found.schema(), bucket.name(), prefix));
        return nothing();
    }

    private static SqlRunner.Table nothing() {
        ObjectNode none = JSON.createObjectNode();
        none.putArray("fields");
        return new SqlRunner.Table(none, List.of());
    }

    private void add(String database, String name, Source source) {
        if (tables.putIfAbsent(database + "." + name, source) != null) {
            throw new IllegalArgumentException(
                    "TABLE_ALREADY_EXISTS: Table '" + database + "." + name + "' already exists");
        }
    }

    private static JsonNode schema(String columns) {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode fields = schema.putArray("fields");
        for (String column : columns.split(",\\s*")) {
            String[] parts = column.trim().split("\\s+");
            fields.addObject()
                    .put("name", parts[0].replace("`", ""))
                    .put(
                            "type",
                            switch (parts[1].toLowerCase(Locale.ROOT)) {
                                case "string" -> "STRING";
                                case "bigint" -> "INTEGER";
                                case "boolean" -> "BOOLEAN";
                                case "timestamp" -> "TIMESTAMP";
                                case String other ->
                                    throw new IllegalArgumentException("FAILED: ParseException: no type " + other);
                            });
        }
        return schema;
    }

    private Bucket bucket(String name, String account) {
        Bucket bucket = state.buckets().get(name);
        if (bucket == null || !bucket.account().equals(account)) {
            throw new IllegalArgumentException("PERMISSION_DENIED: Access denied on s3://" + name);
        }
        return bucket;
    }

    private SqlRunner.Table query(String sql, String account) {
        SqlRunner runner = ServiceLoader.load(SqlRunner.class)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("NOT_SUPPORTED: the simulator runs SQL where a SqlRunner is"));
        Map<String, SqlRunner.Table> named = new TreeMap<>();
        Matcher names = NAMED.matcher(sql);
        while (names.find()) {
            String name = names.group(1) + "." + names.group(2);
            Source source = Optional.ofNullable(tables.get(name))
                    .orElseThrow(
                            () -> new IllegalArgumentException("TABLE_NOT_FOUND: Table '" + name + "' does not exist"));
            named.put(name, new SqlRunner.Table(source.schema(), rows(source, account)));
        }
        try {
            return runner.run(NAMED.matcher(sql).replaceAll("`$1.$2`"), named);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("SYNTAX_ERROR: " + e.getMessage(), e);
        }
    }

    private List<ObjectNode> rows(Source source, String account) {
        List<ObjectNode> rows = new ArrayList<>();
        bucket(source.bucket(), account).objects().forEach((key, object) -> {
            if (key.startsWith(source.prefix())) {
                rows.addAll(
                        parsed.computeIfAbsent(source.bucket() + "/" + key + " " + object.etag(), _ -> lines(object)));
            }
        });
        return rows;
    }

    private static List<ObjectNode> lines(StoredObject object) {
        return new String(object.data(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> row(line, object.key()))
                .toList();
    }

    private static ObjectNode row(String line, String key) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode row) {
                return row;
            }
        } catch (JsonProcessingException e) {
            // told below, like any other line that is no object
        }
        throw new IllegalArgumentException("HIVE_BAD_DATA: " + key + " has a line that is no JSON object");
    }
}

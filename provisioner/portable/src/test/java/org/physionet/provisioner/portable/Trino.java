package org.physionet.provisioner.portable;

import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import io.trino.testing.TestingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.SqlEngine;

/** Trino with tables in memory. Its words are those that Athena is asked in. */
final class Trino implements SqlEngine {
    private static final int ROWS_AT_ONCE = 500;

    private final QueryRunner runner;

    Trino() {
        runner = new StandaloneQueryRunner(TestingSession.testSessionBuilder()
                .setCatalog("memory")
                .setSchema("default")
                .build());
        runner.installPlugin(new MemoryPlugin());
        runner.createCatalog("memory", "memory", Map.of("memory.max-data-per-node", "512MB"));
    }

    @Override
    public String table(String name) {
        return "\"" + name + "\"";
    }

    @Override
    public String foreign(String path) {
        return table(path);
    }

    @Override
    public String micros(String timestamp) {
        // Without its zone, the time would be the session's.
        return "cast(round(to_unixtime(with_timezone(" + timestamp + ", 'UTC')) * 1000000) as bigint)";
    }

    @Override
    public String fingerprint(String text) {
        return "from_big_endian_64(xxhash64(to_utf8(" + text + ")))";
    }

    @Override
    public String ordinal(String micros, String text) {
        return "(cast(" + micros + " as decimal(38, 0)) * cast('18446744073709551616' as decimal(38, 0)) + " + fingerprint(text) + ")";
    }

    @Override
    public String timestamp(long micros) {
        return "cast(from_unixtime_nanos(" + micros + " * 1000) as timestamp(6))";
    }

    @Override
    public void load(String name, List<Column> columns, Iterable<List<@Nullable Object>> rows) {
        List<String> types = new ArrayList<>();
        columns.forEach(column -> types.add(column.name() + switch (column.type()) {
            case TEXT -> " varchar";
            case NUMBER -> " bigint";
            case FLAG -> " boolean";
        }));
        create(name, types, rows);
    }

    /** @param columns with their types, a timestamp's as well; its values are texts */
    void create(String name, List<String> columns, Iterable<List<@Nullable Object>> rows) {
        runner.execute("drop table if exists " + table(name));
        runner.execute("create table " + table(name) + " (" + String.join(", ", columns) + ")");
        List<String> values = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            values.add("(" + String.join(", ", row.stream().map(Trino::literal).toList()) + ")");
            if (values.size() == ROWS_AT_ONCE) {
                insert(name, values);
            }
        }
        insert(name, values);
    }

    private void insert(String name, List<String> values) {
        if (!values.isEmpty()) {
            runner.execute("insert into " + table(name) + " values " + String.join(", ", values));
            values.clear();
        }
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case java.time.Instant at -> "timestamp '" + at.toString().replace('T', ' ').replace("Z", "") + "'";
            case String text -> "'" + text.replace("'", "''") + "'";
            default -> value.toString();
        };
    }

    @Override
    public void keep(String name, String select) {
        runner.execute("drop table if exists " + table(name));
        runner.execute("create table " + table(name) + " as " + select);
    }

    @Override
    public void each(String select, Consumer<List<@Nullable String>> rows) {
        runner.execute(select).getMaterializedRows().forEach(row -> {
            List<@Nullable String> values = new ArrayList<>();
            for (Object value : row.getFields()) {
                values.add(value == null ? null : value.toString());
            }
            rows.accept(values);
        });
    }

    @Override
    public void close() {
        runner.close();
    }
}

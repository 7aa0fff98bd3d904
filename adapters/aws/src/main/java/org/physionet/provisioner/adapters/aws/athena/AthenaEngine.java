package org.physionet.provisioner.adapters.aws.athena;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.time.Sleeper;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Athena as the engine for access logs: Trino's words. Tables of its own are named for this run, in a scratch database, with their data
 * below a scratch prefix; what a crash leaves goes by the bucket's lifecycle rule, which docs/how-to/analyse-in-the-cloud.md asks for.
 */
public final class AthenaEngine implements SqlEngine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SCRATCH = Pattern.compile("([a-z0-9_]+) s3://([^/\\s]+)/(\\S*)");

    private final LazyClients clients;
    private final Executions executions;
    private final String database;
    private final String bucket;
    private final String prefix;
    private final String run = "run" + UUID.randomUUID().toString().substring(0, 8) + "_";
    private final Set<String> made = new LinkedHashSet<>();
    private int places;

    /**
     * @param clients closed by this
     * @param scratch {@code DATABASE s3://BUCKET/PREFIX}
     * @param sleeper between two looks at an execution
     */
    public AthenaEngine(LazyClients clients, String scratch, Sleeper sleeper) {
        Matcher parts = SCRATCH.matcher(scratch);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected DATABASE s3://BUCKET/PREFIX, found \"" + scratch + "\"");
        }
        this.clients = clients;
        this.database = parts.group(1);
        this.bucket = parts.group(2);
        this.prefix = (parts.group(3).isEmpty() || parts.group(3).endsWith("/") ? parts.group(3) : parts.group(3) + "/")
                + run + "/";
        this.executions = new Executions(
                () -> clients.get().athena(), database, "s3://" + bucket + "/" + prefix + "found/", sleeper);
    }

    @Override
    public String table(String name) {
        return "\"" + database + "\".\"" + run + name + "\"";
    }

    @Override
    public String foreign(String path) {
        if (!path.matches("[a-z0-9_]+[.][a-z0-9_]+")) {
            throw new IllegalArgumentException("expected DATABASE.TABLE, found \"" + path + "\"");
        }
        return "\"" + path.replace(".", "\".\"") + "\"";
    }

    @Override
    public String micros(String timestamp) {
        // Without its zone, the time would be the session's.
        return "cast(round(to_unixtime(with_timezone(" + timestamp + ", 'UTC')) * 1000000) as bigint)";
    }

    @Override
    public String timestamp(long micros) {
        return "cast(from_unixtime_nanos(" + micros + " * 1000) as timestamp(6))";
    }

    @Override
    public String fingerprint(String text) {
        return "from_big_endian_64(xxhash64(to_utf8(" + text + ")))";
    }

    @Override
    public String ordinal(String micros, String text) {
        return "(cast(" + micros + " as decimal(38, 0)) * cast('18446744073709551616' as decimal(38, 0)) + "
                + fingerprint(text) + ")";
    }

    private String place(String name) {
        return prefix + name + "/" + ++places + "/";
    }

    /** Lines of JSON in an object, and a table over them. */
    @Override
    public void load(String name, List<Column> columns, Iterable<List<@Nullable Object>> rows) throws IOException {
        drop(name);
        String place = place(name);
        Path file = Files.createTempFile("provisioner-", ".json");
        try {
            write(file, columns, rows);
            clients.get().s3().putObject(request -> request.bucket(bucket).key(place + "rows.json"), file);
        } catch (SdkException e) {
            throw new IOException("s3://" + bucket + "/" + place + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
        }
        List<String> types = new ArrayList<>();
        columns.forEach(column -> types.add("`" + column.name() + "` "
                + switch (column.type()) {
                    case TEXT -> "string";
                    case NUMBER -> "bigint";
                    case FLAG -> "boolean";
                }));
        made.add(name);
        executions.run("create external table `" + database + "`.`" + run + name + "` (" + String.join(", ", types)
                + ") row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://" + bucket + "/" + place
                + "'");
    }

    private static void write(Path file, List<Column> columns, Iterable<List<@Nullable Object>> rows)
            throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (List<@Nullable Object> row : rows) {
                ObjectNode line = JSON.createObjectNode();
                for (int i = 0; i < columns.size(); i++) {
                    line.putPOJO(columns.get(i).name(), row.get(i));
                }
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
        }
    }

    /** Athena replaces no table: the old one is dropped first, so that a table is never made of itself. */
    @Override
    public void keep(String name, String select) throws IOException {
        drop(name);
        made.add(name);
        executions.run("create table " + table(name) + " with (format = 'PARQUET', external_location = 's3://" + bucket
                + "/" + place(name) + "') as " + select);
    }

    @Override
    public void each(String select, Consumer<List<@Nullable String>> rows) throws IOException {
        executions.rows(executions.run(select), rows);
    }

    private void drop(String name) throws IOException {
        if (made.remove(name)) {
            executions.run("drop table if exists `" + database + "`.`" + run + name + "`");
        }
    }

    /** Dropping a table leaves its data, which goes afterwards. */
    @Override
    public void close() {
        try {
            for (String name : List.copyOf(made)) {
                drop(name);
            }
            S3Client s3 = clients.get().s3();
            for (S3Object object : s3.listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(prefix))
                    .contents()) {
                s3.deleteObject(request -> request.bucket(bucket).key(object.key()));
            }
        } catch (IOException | SdkException _) {
            // It goes by the bucket's lifecycle rule.
        }
        clients.close();
    }
}

package org.physionet.provisioner.adapters.gcp.jobs;

import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.TableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.adapter.StoredLogs;
import org.physionet.provisioner.engine.time.Sleeper;

/**
 * Audit logs in BigQuery, where a sink puts them (facts/gcp.md 4, "Sinks"): tables {@code cloudaudit_googleapis_com_…}, partitioned or one
 * for each day. What counts as a file is a day of a table; it is another one once entries came late. Entries come back in the form of
 * Cloud Logging, whose names the sink changes (cloud.google.com/logging/docs/export/bigquery, "Fields in exported audit logs").
 */
public final class SinkTables implements StoredLogs {
    private static final JsonFactory JSON = GsonFactory.getDefaultInstance();
    private static final String AUDIT = "cloudaudit_googleapis_com_";
    private static final String DAY = "/";

    private final GoogleClients google;
    private final QueryJobs jobs;

    /**
     * @param google closed by this
     * @param billed the project that is billed
     * @param sleeper between two looks at a job
     */
    public SinkTables(GoogleClients google, String billed, Sleeper sleeper) {
        this.google = google;
        this.jobs = new QueryJobs(google, billed, sleeper);
    }

    @Override
    public void each(String bucket, String prefix, Consumer<StoredLog> found) throws IOException {
        for (String table : tables(bucket)) {
            if (table.startsWith(AUDIT) && table.startsWith(prefix)) {
                days(bucket, table, found);
            }
        }
    }

    private List<String> tables(String dataset) throws IOException {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            TableList page = google.bigquery()
                    .tables()
                    .list(project(dataset), dataset.substring(dataset.indexOf('.') + 1))
                    .setPageToken(token)
                    .execute();
            if (page.getTables() != null) {
                page.getTables()
                        .forEach(table -> names.add(table.getTableReference().getTableId()));
            }
            token = page.getNextPageToken();
        } while (token != null);
        return names;
    }

    private static String project(String dataset) throws IOException {
        int dot = dataset.indexOf('.');
        if (dot <= 0 || dot == dataset.length() - 1) {
            throw new IOException("bq://" + dataset + ": expected bq://PROJECT.DATASET");
        }
        return dataset.substring(0, dot);
    }

    private void days(String dataset, String table, Consumer<StoredLog> found) throws IOException {
        query(
                "select cast(cast(timestamp as date) as string), count(*), max(unix_micros(receiveTimestamp)) from "
                        + BigQueryEngine.quoted(dataset + "." + table) + " group by cast(timestamp as date)",
                row -> found.accept(new StoredLog(
                        dataset, table + DAY + row.get(0), StoredLog.UNKNOWN, row.get(1) + "-" + row.get(2))));
    }

    /** The entries of the day, one a line. */
    @Override
    public InputStream open(StoredLog log) throws IOException {
        int slash = log.key().lastIndexOf(DAY);
        String table = log.key().substring(0, slash);
        String day = log.key().substring(slash + 1);
        Path file = Files.createTempFile("provisioner-", ".ndjson");
        try (var out = Files.newBufferedWriter(file)) {
            List<IOException> failed = new ArrayList<>();
            query(
                    "select to_json_string(t), unix_micros(t.timestamp) from "
                            + BigQueryEngine.quoted(log.bucket() + "." + table)
                            + " t where cast(t.timestamp as date) = date '" + day + "'",
                    row -> {
                        try {
                            out.write(entry(String.valueOf(row.get(0)), Long.parseLong(String.valueOf(row.get(1)))));
                            out.write('\n');
                        } catch (IOException e) {
                            failed.add(e);
                        }
                    });
            if (!failed.isEmpty()) {
                throw failed.getFirst();
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return Files.newInputStream(file, java.nio.file.StandardOpenOption.DELETE_ON_CLOSE);
    }

    private void query(String sql, Consumer<List<@Nullable String>> rows) throws IOException {
        jobs.rows(jobs.run(BigQueryEngine.query(sql), null), rows);
    }

    /** The sink's names, back to those of the entry. */
    private static String entry(String row, long micros) throws IOException {
        Map<String, Object> entry = parsed(row);
        entry.put("timestamp", Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString());
        if (entry.remove("protopayload_auditlog") instanceof Map<?, ?> audit) {
            Map<String, Object> payload = new HashMap<>();
            audit.forEach((name, value) -> {
                switch (String.valueOf(name)) {
                    case "metadataJson" -> payload.put("metadata", value);
                    case "servicedata_v1_iam" -> payload.put("serviceData", value);
                    default -> payload.put(String.valueOf(name), value);
                }
            });
            if (payload.get("metadata") instanceof String text) {
                payload.put("metadata", parsed(text));
            }
            entry.put("protoPayload", payload);
        }
        return JSON.toString(entry);
    }

    private static Map<String, Object> parsed(String text) throws IOException {
        Map<String, Object> values = new HashMap<>();
        JSON.createJsonParser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8)
                .parse(values);
        return values;
    }

    @Override
    public void close() {
        google.close();
    }
}

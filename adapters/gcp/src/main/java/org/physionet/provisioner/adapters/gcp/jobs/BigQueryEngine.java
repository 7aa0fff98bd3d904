package org.physionet.provisioner.adapters.gcp.jobs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.FileContent;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.time.Sleeper;

/**
 * BigQuery as the engine for access logs. Tables of its own lie in a scratch dataset, named for this run, so that two runs never meet;
 * those that a crash leaves go by the dataset's default expiration, which docs/how-to/analyse-in-the-cloud.md asks for.
 */
public final class BigQueryEngine implements SqlEngine {
    private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

    private final GoogleClients google;
    private final QueryJobs jobs;
    private final String project;
    private final String dataset;
    private final String run = "run" + UUID.randomUUID().toString().substring(0, 8) + "_";
    private final Map<String, TableReference> made = new HashMap<>();

    /**
     * @param google closed by this
     * @param billed the project that is billed
     * @param scratch {@code PROJECT.DATASET}
     * @param sleeper between two looks at a job
     */
    public BigQueryEngine(GoogleClients google, String billed, String scratch, Sleeper sleeper) {
        this.google = google;
        this.jobs = new QueryJobs(google, billed, sleeper);
        int dot = scratch.indexOf('.');
        if (dot <= 0 || !scratch.substring(dot + 1).matches("[A-Za-z0-9_]+")) {
            throw new IllegalArgumentException("expected PROJECT.DATASET, found \"" + scratch + "\"");
        }
        this.project = scratch.substring(0, dot);
        this.dataset = scratch.substring(dot + 1);
    }

    private TableReference reference(String name) {
        return new TableReference().setProjectId(project).setDatasetId(dataset).setTableId(run + name);
    }

    @Override
    public String table(String name) {
        return quoted(project + "." + dataset + "." + run + name);
    }

    @Override
    public String foreign(String path) {
        if (!path.matches("[^.`\\s]+[.][A-Za-z0-9_]+[.][^.`]+")) {
            throw new IllegalArgumentException("expected PROJECT.DATASET.TABLE, found \"" + path + "\"");
        }
        return quoted(path);
    }

    /** As GoogleSQL takes a whole path. */
    static String quoted(String path) {
        return "`" + path.replace("`", "") + "`";
    }

    @Override
    public String micros(String timestamp) {
        return "unix_micros(" + timestamp + ")";
    }

    @Override
    public String timestamp(long micros) {
        return "timestamp_micros(" + micros + ")";
    }

    @Override
    public String fingerprint(String text) {
        return "farm_fingerprint(" + text + ")";
    }

    @Override
    public String ordinal(String micros, String text) {
        return "(cast(" + micros + " as bignumeric) * 18446744073709551616 + farm_fingerprint(" + text + "))";
    }

    /** The table is made first and filled by a load job, which costs nothing and is seen at once (streamed rows may not be). */
    @Override
    public void load(String name, List<Column> columns, Iterable<List<@Nullable Object>> rows) throws IOException {
        TableReference reference = reference(name);
        TableSchema schema = new TableSchema()
                .setFields(columns.stream().map(BigQueryEngine::field).toList());
        drop(reference);
        google.bigquery()
                .tables()
                .insert(
                        project,
                        dataset,
                        new Table().setTableReference(reference).setSchema(schema))
                .execute();
        made.put(name, reference);
        Path file = Files.createTempFile("provisioner-", ".ndjson");
        try {
            if (write(file, columns, rows)) {
                JobConfigurationLoad load = new JobConfigurationLoad()
                        .setDestinationTable(reference)
                        .setSchema(schema)
                        .setSourceFormat("NEWLINE_DELIMITED_JSON")
                        .setWriteDisposition("WRITE_TRUNCATE");
                jobs.run(
                        new JobConfiguration().setLoad(load),
                        new FileContent("application/octet-stream", file.toFile()));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static TableFieldSchema field(Column column) {
        String type = switch (column.type()) {
            case TEXT -> "STRING";
            case NUMBER -> "INTEGER";
            case FLAG -> "BOOLEAN";
        };
        return new TableFieldSchema().setName(column.name()).setType(type);
    }

    /** Whether there was a row. */
    private static boolean write(Path file, List<Column> columns, Iterable<List<@Nullable Object>> rows)
            throws IOException {
        boolean any = false;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (List<@Nullable Object> row : rows) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    Object value = row.get(i);
                    if (value != null) {
                        values.put(columns.get(i).name(), value);
                    }
                }
                out.write(JSON.toString(values));
                out.write('\n');
                any = true;
            }
        }
        return any;
    }

    @Override
    public void keep(String name, String select) throws IOException {
        TableReference reference = reference(name);
        made.put(name, reference);
        jobs.run(
                query(new JobConfigurationQuery()
                        .setQuery(select)
                        .setDestinationTable(reference)
                        .setCreateDisposition("CREATE_IF_NEEDED")
                        .setWriteDisposition("WRITE_TRUNCATE")),
                null);
    }

    @Override
    public void each(String select, Consumer<List<@Nullable String>> rows) throws IOException {
        JobReference done = jobs.run(query(select), null);
        jobs.rows(done, rows);
    }

    static JobConfiguration query(String select) {
        return query(new JobConfigurationQuery().setQuery(select));
    }

    private static JobConfiguration query(JobConfigurationQuery query) {
        return new JobConfiguration()
                .setQuery(query.setUseLegacySql(false))
                .setJobTimeoutMs(Duration.ofHours(1).toMillis());
    }

    private void drop(TableReference table) throws IOException {
        try {
            google.bigquery()
                    .tables()
                    .delete(table.getProjectId(), table.getDatasetId(), table.getTableId())
                    .execute();
        } catch (GoogleJsonResponseException e) {
            if (e.getStatusCode() != 404) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        for (TableReference table : made.values()) {
            try {
                drop(table);
            } catch (IOException _) {
                // It goes by the dataset's expiration.
            }
        }
        google.close();
    }
}

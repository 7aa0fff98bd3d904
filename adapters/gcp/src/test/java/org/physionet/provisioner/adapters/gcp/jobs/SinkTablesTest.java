package org.physionet.provisioner.adapters.gcp.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.logs.FetchedLogs;
import org.physionet.provisioner.audit.logs.Intake;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.engine.adapter.StoredLogs;

/** A sink's tables are read as if they were its files. */
class SinkTablesTest {
    private static final String SCHEMA = """
            {"fields":[{"name":"logName","type":"STRING"},{"name":"insertId","type":"STRING"},
             {"name":"timestamp","type":"TIMESTAMP"},{"name":"receiveTimestamp","type":"TIMESTAMP"},
             {"name":"resource","type":"RECORD","fields":[{"name":"type","type":"STRING"}]},
             {"name":"protopayload_auditlog","type":"RECORD","fields":[
               {"name":"serviceName","type":"STRING"},{"name":"methodName","type":"STRING"},{"name":"resourceName","type":"STRING"},
               {"name":"metadataJson","type":"STRING"},
               {"name":"authenticationInfo","type":"RECORD","fields":[{"name":"principalEmail","type":"STRING"}]},
               {"name":"status","type":"RECORD","fields":[{"name":"code","type":"INTEGER"}]},
               {"name":"servicedata_v1_iam","type":"RECORD","fields":[{"name":"policyDelta","type":"RECORD","fields":[
                 {"name":"bindingDeltas","type":"RECORD","mode":"REPEATED","fields":[{"name":"action","type":"STRING"},
                  {"name":"role","type":"STRING"},{"name":"member","type":"STRING"}]}]}]}]}]}""";

    @TempDir
    Path folder;

    private static ObjectNode table(String name, String... rows) throws IOException {
        ObjectNode table = JobsWorld.JSON.createObjectNode().put("id", name);
        table.withObject("/metadata").set("schema", JobsWorld.JSON.readTree(SCHEMA));
        ArrayNode all = table.putArray("rows");
        for (String row : rows) {
            all.add(JobsWorld.JSON.readTree(row));
        }
        return table;
    }

    private static String entry(String id, String at, String resourceType, String payload) {
        return "{\"logName\":\"projects/p/logs/cloudaudit.googleapis.com%2Fdata_access\",\"insertId\":\"" + id
                + "\",\"timestamp\":\"" + at + "\",\"receiveTimestamp\":\"" + at + "\",\"resource\":{\"type\":\""
                + resourceType + "\"},\"protopayload_auditlog\":{" + payload + "}}";
    }

    private static String read(String id, String at, String who) {
        return entry(
                id,
                at,
                "gcs_bucket",
                "\"serviceName\":\"storage.googleapis.com\",\"methodName\":\"storage.objects.get\","
                        + "\"resourceName\":\"projects/_/buckets/data/objects/a.csv\",\"authenticationInfo\":{\"principalEmail\":\""
                        + who
                        + "\"}");
    }

    private final List<String> told = new ArrayList<>();

    private Intake read(JobsWorld world, FetchedLogs copies, String prefix) throws IOException {
        told.clear();
        SortedSet<Path> files;
        try (StoredLogs sink = world.sink()) {
            files = copies.fetch(sink, "bq", "data.logs", prefix);
        }
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(accesses, "gcp").read(new TreeSet<>(files));
            accesses.each(
                    "select action, coalesce(principal, '-'), bucket, coalesce(key, '-'), coalesce(detail, '-'),"
                            + " epoch_us(moment) % 1000000 from access order by moment, id",
                    row -> told.add(String.join(
                            " ",
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6))));
            return intake;
        }
    }

    @Test
    void entriesHaveTheirOwnNamesAgainAndDaysComeOnceUnlessLateOnesDo() throws IOException {
        String change = entry(
                "c",
                "2026-03-02T12:00:00.123456Z",
                "gcs_bucket",
                "\"serviceName\":\"storage.googleapis.com\",\"methodName\":\"storage.setIamPermissions\","
                        + "\"resourceName\":\"projects/_/buckets/data\",\"authenticationInfo\":{\"principalEmail\":\"boss@example.org\"},"
                        + "\"servicedata_v1_iam\":{\"policyDelta\":{\"bindingDeltas\":[{\"action\":\"ADD\",\"role\":\"roles/r\","
                        + "\"member\":\"user:eve@example.org\"}]}}");
        String query = entry(
                "q",
                "2026-03-02T13:00:00Z",
                "bigquery_dataset",
                "\"serviceName\":\"bigquery.googleapis.com\",\"methodName\":\"google.cloud.bigquery.v2.JobService.InsertJob\","
                        + "\"resourceName\":\"projects/p/datasets/d/tables/t\",\"metadataJson\":"
                        + "\"{\\\"tableDataRead\\\":{\\\"jobName\\\":\\\"j\\\"}}\"");
        try (JobsWorld world = new JobsWorld()) {
            ArrayNode tables = JobsWorld.JSON.createArrayNode();
            tables.add(table(
                    "cloudaudit_googleapis_com_data_access",
                    read("r1", "2026-03-01T12:00:00Z", "ada@example.org"),
                    change,
                    query));
            tables.add(table("cloudaudit_googleapis_com_activity_20260303"));
            tables.add(table("other", read("x", "2026-03-01T12:00:00Z", "eve@example.org")));
            world.tables(tables);
            FetchedLogs copies = new FetchedLogs(folder.resolve("fetched"));
            Intake first = read(world, copies, "");
            assertThat(told)
                    .containsExactly(
                            "READ user:ada@example.org data a.csv - 0",
                            "POLICY user:boss@example.org data - ADD roles/r user:eve@example.org 123456",
                            "READ - p.d t j 0");
            assertThat(first.files()).as("days").isEqualTo(2);
            assertThat(first.rejected()).isZero();
            read(world, copies, "");
            assertThat(copies.fetched()).as("nothing anew").isEqualTo(2);
            ((ArrayNode) tables.get(0).path("rows"))
                    .add(JobsWorld.JSON.readTree(read("r2", "2026-03-01T13:00:00Z", "bob@example.org")));
            world.tables(tables);
            read(world, copies, "cloudaudit_googleapis_com_data");
            assertThat(told).contains("READ user:bob@example.org data a.csv - 0");
            assertThat(copies.fetched()).as("the day that grew").isEqualTo(3);
        }
    }

    @Test
    void aFileWithTheSameEntryTellsNothingNew() throws IOException {
        try (JobsWorld world = new JobsWorld()) {
            world.tables(JobsWorld.JSON
                    .createArrayNode()
                    .add(table(
                            "cloudaudit_googleapis_com_data_access",
                            read("r1", "2026-03-01T12:00:00.123456Z", "ada@example.org"))));
            SortedSet<Path> files = new TreeSet<>();
            try (StoredLogs sink = world.sink()) {
                files.addAll(new FetchedLogs(folder.resolve("fetched")).fetch(sink, "bq", "data.logs", ""));
            }
            // Cloud Logging's own files tell nanoseconds.
            files.add(Files.writeString(
                    folder.resolve("file.json"),
                    read("r1", "2026-03-01T12:00:00.123456789Z", "ada@example.org")
                            .replace("protopayload_auditlog", "protoPayload")));
            try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
                assertThat(new LogReading(accesses, "gcp").read(files).duplicates())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void whatIsNoDatasetIsSaid() throws IOException {
        try (JobsWorld world = new JobsWorld();
                StoredLogs sink = world.sink()) {
            assertThatThrownBy(() -> sink.each("logs", "", log -> {}))
                    .hasMessageContaining("expected bq://PROJECT.DATASET");
        }
    }
}

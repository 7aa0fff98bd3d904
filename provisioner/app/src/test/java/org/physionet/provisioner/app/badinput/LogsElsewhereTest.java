package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.KeptAccesses;

/** The same questions, asked here and in BigQuery (simulated; what it is asked is computed), have the same answers. */
class LogsElsewhereTest {
    private static final String BUCKET = "demo-iv-1.0.example.org";
    private static final String[] SPAN = {"--since", "2020-01-01", "--until", "2099-12-31"};

    @TempDir
    Path folder;

    private FilesSite site;

    @BeforeEach
    void begin() throws Exception {
        site = new FilesSite(folder);
    }

    @AfterEach
    void end() {
        site.close();
    }

    private void read(String who) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        site.server.address() + "/storage/v1/b/" + BUCKET + "/o/data.csv?alt=media"))
                                .header("Authorization", "Bearer " + who)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(who).isEqualTo(200);
    }

    /** Two who may, and one whom somebody let in behind the engine's back. */
    private Path log() throws Exception {
        site.send("POST", "/v3/projects/demo-project:setIamPolicy", """
                {"updateMask":"auditConfigs","policy":{"auditConfigs":[{"service":"storage.googleapis.com",
                 "auditLogConfigs":[{"logType":"DATA_READ"}]}]}}""");
        site.send("POST", "/upload/storage/v1/b/" + BUCKET + "/o?uploadType=media&name=data.csv", "x,y");
        site.run("run", "--yes");
        ObjectNode policy = (ObjectNode) FilesSite.parse(
                site.send("GET", "/storage/v1/b/" + BUCKET + "/iam?optionsRequestedPolicyVersion=3", ""));
        policy.withArrayProperty("bindings")
                .addObject()
                .put("role", "roles/storage.objectAdmin")
                .putArray("members")
                .add("user:stranger@gmail.com");
        site.send("PUT", "/storage/v1/b/" + BUCKET + "/iam", policy.toString());
        for (String who : List.of("ada.lovelace@gmail.com", "grace@example.org", "stranger@gmail.com")) {
            read(who);
        }
        List<String> lines = new ArrayList<>();
        FilesSite.parse(site.send("POST", "/_simulator/gcp/audit-log", ""))
                .path("entries")
                .forEach(entry -> lines.add(entry.toString()));
        return Files.write(folder.resolve("audit.json"), lines);
    }

    /** What the review kept, put into BigQuery as the how-to says. */
    private void putThere() throws Exception {
        ObjectNode world = (ObjectNode) FilesSite.parse(site.send("GET", "/_simulator/state", ""));
        ArrayNode datasets = ((ObjectNode) world.path("gcp")).withArrayProperty("datasets");
        datasets.addObject().put("project", "demo-project").put("id", "scratch");
        ObjectNode table = datasets.addObject()
                .put("project", "demo-project")
                .put("id", "audit")
                .putArray("tables")
                .addObject()
                .put("id", "accesses");
        ArrayNode fields = table.putObject("metadata").putObject("schema").putArray("fields");
        for (String column : Accesses.COLUMNS.split(", ")) {
            String[] parts = column.split(" ");
            fields.addObject()
                    .put("name", parts[0])
                    .put(
                            "type",
                            switch (parts[1]) {
                                case "varchar" -> "STRING";
                                case "bigint" -> "INTEGER";
                                default -> parts[1].toUpperCase(java.util.Locale.ROOT);
                            });
        }
        ArrayNode rows = table.putArray("rows");
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            new KeptAccesses(folder.resolve(".provisioner/logs/accesses"))
                    .stand(accesses, Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"));
            accesses.each("select to_json(a)::varchar from access a", row -> rows.add(parsed(row.getString(1))));
        }
        // A delivery that came twice.
        rows.add(rows.get(0).deepCopy());
        site.send("PUT", "/_simulator/state", world.toString());
    }

    private static JsonNode parsed(String text) {
        try {
            return FilesSite.JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode asked(String... args) throws Exception {
        Program.Result result = site.run(args);
        assertThat(result.code()).as(result.err()).isZero();
        return FilesSite.parse(result.out());
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void bigQueryTellsWhatTheEmbeddedEngineTells() throws Exception {
        String[] usage = with(SPAN, "audit", "usage", "--dataset", "demo-iv/1.0", "--output", "json");
        String[] byDay = with(usage, "--by", "day");
        usage = reordered(usage);
        byDay = reordered(byDay);
        JsonNode findings = asked("audit", "logs", log().toString(), "--provider", "gcp", "--output", "json");
        assertThat(findings.path("findings").findValuesAsText("finding")).contains("unknown_principal");
        JsonNode readers = asked(usage);
        assertThat(readers.path("rows")).hasSize(3);
        JsonNode days = asked(byDay);
        putThere();
        site.configure(
                "audit: {sqlEngine: bigquery, sqlAccesses: demo-project.audit.accesses, sqlScratch: demo-project.scratch}\n");
        JsonNode there = asked(reordered(with(SPAN, "audit", "logs", "--provider", "gcp", "--output", "json")));
        assertThat(there.path("findings")).isEqualTo(findings.path("findings"));
        assertThat(there.at("/summary/accesses")).isEqualTo(findings.at("/summary/accesses"));
        assertThat(asked(usage)).isEqualTo(readers);
        assertThat(asked(byDay)).isEqualTo(days);
        assertThat(site.send("GET", "/bigquery/v2/projects/demo-project/datasets/scratch/tables", ""))
                .as("left there")
                .doesNotContain("run");
    }

    /** The command first. */
    private static String[] reordered(String[] args) {
        List<String> all = new ArrayList<>(List.of(args).subList(SPAN.length, args.length));
        all.addAll(List.of(SPAN));
        return all.toArray(String[]::new);
    }

    @Test
    void whatIsMissingIsSaid() {
        Program.Result nothing = site.run("audit", "logs", "--provider", "gcp");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("audit.sqlEngine");
        Program.Result here = site.run(reordered(with(SPAN, "audit", "logs", "--provider", "gcp")));
        assertThat(here.code()).isEqualTo(2);
        assertThat(here.err()).contains("audit.sqlEngine");
        Program.Result both = site.run(reordered(with(SPAN, "audit", "logs", "x", "--provider", "gcp")));
        assertThat(both.code()).isEqualTo(2);
    }

    @Test
    void settingsThatDoNotFitAreNamed() throws Exception {
        site.configure("audit: {sqlEngine: oracle}\n");
        assertThat(site.run("audit", "events").err())
                .contains("audit.sqlEngine")
                .contains("bigquery");
        site.configure("audit: {sqlEngine: bigquery, sqlScratch: demo-project.scratch}\n");
        assertThat(site.run("audit", "events").err()).contains("audit.sqlAccesses");
        site.configure("audit: {sqlEngine: bigquery, sqlAccesses: accesses, sqlScratch: demo-project.scratch}\n");
        Program.Result wrong = site.run(reordered(with(SPAN, "audit", "logs", "--provider", "gcp")));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("PROJECT.DATASET.TABLE");
    }
}

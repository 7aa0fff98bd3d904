package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** Real output of every command fits the schema that the program prints for it. */
class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Set<String> checked = new HashSet<>();

    private void check(String schema, String output, int atLeast) throws IOException {
        checked.add(schema);
        String text = new Program(folder).run("schema", schema).out();
        JsonSchema parsed = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
        List<JsonNode> values = new ArrayList<>();
        try (var reader = JSON.readerFor(JsonNode.class).<JsonNode>readValues(output)) {
            reader.forEachRemaining(values::add);
        }
        assertThat(values).as(schema + " of " + output).hasSizeGreaterThanOrEqualTo(atLeast);
        values.forEach(v -> assertThat(parsed.validate(v)).as(schema + ": " + v).isEmpty());
    }

    private void lines(ToySite site, String schema, int atLeast, String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--output", "ndjson", "--yes"));
        Program.Result result = site.run(all.toArray(String[]::new));
        check(schema, result.out(), atLeast);
    }

    @Test
    void everyOutputFitsItsSchemaAndEverySchemaIsChecked() throws IOException {
        ToySite site =
                new ToySite(folder.resolve("site")).person(1, "ada", true).person(2, "bob", false);
        for (int i = 3; i <= 60; i++) {
            site.person(i, "p" + i, true);
        }
        lines(site, "migrate", 1, "migrate");
        lines(site, "eligibility", 60, "eligibility");
        lines(site, "plan", 1, "plan", "--out", "a.plan");
        check("plan-file", Files.readString(folder.resolve("site/a.plan")), 1);
        lines(site, "drift", 59, "drift");
        String finding = JSON.readTree(site.run("drift", "--output", "json").out())
                .get(0)
                .path("id")
                .asText();
        lines(site, "drift-decision", 1, "drift", "ignore", finding, "--reason", "r", "--until", "2999-01-01");
        lines(site, "drift-decision", 1, "drift", "restore", finding, "--reason", "r");
        lines(site, "run", 1, "run", "--on-behalf-of", "the board");
        lines(site, "explain", 1, "explain", "ada", "notes", "--error", "door closed");
        lines(site, "access-list", 59, "access", "list");
        lines(
                site,
                "run",
                1,
                "grant",
                "bob",
                "notes",
                "--until",
                "2999-01-01",
                "--reason",
                "r",
                "--waive",
                "dua_unsigned");
        check(
                "revoke-drill",
                site.run("revoke", "p3", "--drill", "--output", "json").out(),
                1);
        lines(site, "run", 1, "revoke", "p3", "--reason", "r");
        lines(site, "explain", 1, "explain", "p3", "notes", "--no-live");
        lines(site, "holds-list", 2, "holds", "list", "--all");
        for (int i = 4; i <= 60; i++) {
            site.edit("p" + i, line -> line.replace("\"active\":true", "\"active\":false"));
        }
        lines(site, "run", 1, "run");
        lines(site, "guards-list", 1, "guards", "list");
        String id = JSON.readTree(site.run("guards", "list", "--output", "json").out())
                .get(0)
                .path("id")
                .asText();
        lines(site, "guards-show", 1, "guards", "show", id);
        lines(site, "guards-show", 1, "guards", "defer", id, "--until", "2999-01-01", "--reason", "r");
        lines(site, "guards-show", 1, "guards", "release", id, "--limit", "2", "--reason", "r");
        lines(site, "runs-list", 3, "runs", "list");
        lines(site, "runs-show", 1, "runs", "show", "last");
        lines(site, "audit-events", 10, "audit", "events");
        lines(site, "audit-export", 1, "audit", "export", "l.ndjson");
        Path ledger = folder.resolve("site/l.ndjson");
        Files.writeString(ledger, Files.readString(ledger).replaceFirst("\"grant\"", "\"grand\""));
        lines(site, "audit-verify", 1, "audit", "verify", "l.ndjson");
        lines(site, "pause", 1, "pause", "--dataset", "notes", "--reason", "r");
        lines(site, "pause", 1, "resume", "--reason", "r");
        lines(site, "audit-key", 1, "audit", "key", "new", "ledger.key");
        lines(site, "audit-key", 1, "audit", "key", "change", "ledger.key", "--reason", "the first");
        site.write(
                "provisioner.yaml", site.read("provisioner.yaml") + "ledger: {key: ledger.key, publish: [copies]}\n");
        lines(site, "audit-publish", 1, "audit", "publish");
        site.write("a.log", "no access log\n");
        lines(site, "audit-logs", 1, "audit", "logs", "a.log", "--provider", "aws");
        check(
                "audit-logs",
                site.run("audit", "logs", "a.log", "--provider", "aws", "--output", "json")
                        .out(),
                1);
        site.write(".provisioner/logs/findings/aws.ndjson", """
                {"id":"0123456789ab","code":"unknown_principal","principal":"x","resource":null,"at":"2026-01-01T00:00:00Z","fingerprint":"00"}
                """);
        lines(site, "audit-acknowledge", 1, "audit", "acknowledge", "0123456789ab", "--reason", "r");
        String[] span = {"audit", "usage", "--dataset", "notes", "--since", "2026-01-01", "--until", "2026-01-02"};
        lines(site, "audit-usage", 1, span);
        check("audit-usage", site.run(span).out(), 1);
        for (String[] question : new String[][] {
            {"--dataset", "notes"}, {"--researcher", "ada"}, {"--actor", "the board"}, {"--run", "last"}
        }) {
            lines(site, "audit-report", 1, "audit", "report", question[0], question[1]);
        }
        lines(site, "status", 1, "status");
        lines(site, "doctor", 4, "doctor");
        lines(site, "layout-list", 1, "layout", "list");
        site.world().loose().add(ToySite.SHELF);
        lines(site, "layout-compact", 1, "layout", "compact", "shelf://main/notes");
        lines(site, "canary", 1, "canary", "shelf://main/notes");
        lines(site, "identity", 1, "identity", "toy", "challenge", "ada");
        site.write("proof", "not signed");
        lines(site, "identity", 1, "identity", "toy", "verify", "ada", "--proof", "proof");
        site.write(
                "catalog.yaml",
                "datasets: [{id: notes/1.0, resources: [{shelf: main/notes, layout: auto, colour: red}]}]\n");
        lines(site, "layout-change", 1, "layout", "change", "shelf://main/notes", "ring", "--reason", "r");
        lines(site, "quarantine-list", 0, "quarantine", "list");
        lines(site, "adopt", 1, "adopt");
        check("simulate", "{\"address\":\"http://127.0.0.1:4566\"}", 1);
        assertThat(checked)
                .containsExactlyInAnyOrderElementsOf(
                        site.run("schema").out().lines().toList());
    }
}

package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Every output parses in every format, and real output fits the schema that is published for it. */
class OutputsTest {
    /** Schema by command; lists are of rows, each of which fits. */
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("eligibility", "eligibility");
        COMMANDS.put("explain ada demo-iv/1.0", "explain");
        COMMANDS.put("explain radia demo-ecg/1.0", "explain");
        COMMANDS.put("explain grace demo-iv/1.0", "explain");
        COMMANDS.put("plan", "plan");
        COMMANDS.put("access list", "access-list");
        COMMANDS.put("access list --at 2020-01-01T00:00:00Z", "access-list");
        COMMANDS.put("holds list", "holds-list");
        COMMANDS.put("guards list", "guards-list");
        COMMANDS.put("quarantine list", "quarantine-list");
        COMMANDS.put("drift", "drift");
        COMMANDS.put("doctor", "doctor");
        COMMANDS.put("audit events", "audit-events");
        COMMANDS.put("runs list", "runs-list");
        COMMANDS.put("runs show last", "runs-show");
        COMMANDS.put("status", "status");
    }

    @TempDir
    Path folder;

    private FilesSite site;
    private final Set<String> used = new TreeSet<>();

    private Program.Result asked(String command, String format) {
        Program.Result result = site.run((command + " --output " + format).split(" "));
        assertThat(result.code()).as(command + "\n" + result.err()).isZero();
        return result;
    }

    private JsonSchema schema(String name) {
        used.add(name);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(site.done("schema", name).out());
    }

    private void fits(String what, JsonSchema schema, JsonNode answer) {
        if (answer.isArray()) {
            answer.forEach(row -> fits(what, schema, row));
        } else {
            assertThat(schema.validate(answer)).as(what + "\n" + answer).isEmpty();
        }
    }

    @Test
    void everyReadingCommandAnswersInEveryFormatAndFitsItsSchema() throws Exception {
        site = new FilesSite(folder);
        try (FilesSite open = site) {
            var world = open.server.simulator().state();
            world.withObject("/gcp")
                    .withArray("/accounts")
                    .addObject()
                    .put("email", "hedy.lamarr@gmail.com")
                    .put("status", "deleted");
            open.server.simulator().load(world);
            JsonSchema run = schema("run");
            fits("plan", schema("plan"), FilesSite.json(open.done("plan")));
            fits("run", run, FilesSite.json(open.run("run")));
            fits("revoke", run, FilesSite.json(open.done("revoke", "grace", "--reason", "stolen", "--yes")));
            fits(
                    "grant",
                    run,
                    FilesSite.json(
                            open.done("grant", "alan", "demo-iv/1.0", "--until", "2099-01-01", "--reason", "renewal")));
            open.configure("guards: {maxRevocations: 0}\n");
            open.person("ada", p -> p.put("credentialed", false));
            fits("guarded run", run, FilesSite.json(open.run("run")));
            COMMANDS.forEach(this::inEveryFormat);
            String id = FilesSite.json(asked("guards list", "json"))
                    .get(0)
                    .path("id")
                    .asText();
            fits("guards show", schema("guards-show"), FilesSite.json(asked("guards show " + id, "json")));
            assertThat(open.done("schema").out().lines().toList()).containsAll(used);
        }
    }

    private void inEveryFormat(String command, String name) {
        JsonSchema schema = schema(name);
        fits(command, schema, FilesSite.json(asked(command, "json")));
        asked(command, "ndjson").out().lines().forEach(line -> fits(command, schema, FilesSite.parse(line)));
        assertThat(asked(command, "csv").out().lines().findFirst().orElse(""))
                .as(command)
                .contains(",");
        String table = asked(command, "table").out();
        assertThat(table.startsWith("{") || table.startsWith("[{")).as(command).isFalse();
    }
}

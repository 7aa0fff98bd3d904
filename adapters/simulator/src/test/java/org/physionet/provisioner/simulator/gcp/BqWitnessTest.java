package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.simulator.LiveWorld;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.witness.GoogleTool;

/** bq as an independent witness (facts/gcp.md 7c); skipped where it is not installed. Every start costs seconds. */
class BqWitnessTest {
    private final LiveWorld world = new LiveWorld(new Simulator(SimulatorOptions.defaults()));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void resources() {
        var answer = world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"jobPolls":1},"datasets":[{"project":"p1","id":"d1","tables":[{"id":"t",
                  "metadata":{"schema":{"fields":[{"name":"a","type":"STRING"}]}},"rows":[{"a":"x"},{"a":"y"}]}]}]}}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void itShowsAndUpdatesADatasetsAccessWithItsEtag() throws IOException {
        GoogleTool bq = GoogleTool.bq(world.url(), "p1", folder);
        JsonNode shown = bq.json("show", "--dataset", "p1:d1");
        ObjectNode changed = shown.deepCopy();
        ((ArrayNode) changed.get("access")).addObject().put("role", "READER").put("userByEmail", "ada@example.org");
        Path source = Files.writeString(folder.resolve("dataset.json"), changed.toString());
        bq.run("update", "--source", source.toString(), "p1:d1");
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1")).isTrue();
        JsonNode after = world.json("GET", "/bigquery/v2/projects/p1/datasets/d1", "");
        assertThat(after.path("access")).hasSize(5);
        assertThat(after.path("etag")).isNotEqualTo(shown.path("etag"));
    }

    @Test
    void itAddsAReaderThroughThePolicyWhoThenRunsAQuery() {
        GoogleTool bq = GoogleTool.bq(world.url(), "p1", folder);
        bq.run("add-iam-policy-binding", "--member=user:ada@example.org", "--role=roles/bigquery.dataViewer", "p1:d1");
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1")).isTrue();
        String rows = bq.as("ada@example.org", "query", "--use_legacy_sql=false", "SELECT * FROM `p1.d1.t`");
        assertThat(rows.strip()).isEqualTo("[{\"a\":\"x\"},{\"a\":\"y\"}]");
    }
}

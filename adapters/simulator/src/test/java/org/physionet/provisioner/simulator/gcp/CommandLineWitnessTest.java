package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.LiveWorld;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;

/** gcloud and bq as independent witnesses (facts/gcp.md 7c); skipped where they are not installed. */
class CommandLineWitnessTest {
    private final LiveWorld world = new LiveWorld(new Simulator(SimulatorOptions.defaults()));

    @TempDir
    Path folder;

    @BeforeEach
    void resources() {
        world.send("POST", "/storage/v1/b?project=p1", "{\"name\":\"b-one\"}");
        world.send("POST", "/bigquery/v2/projects/p1/datasets", "{\"datasetReference\":{\"datasetId\":\"d1\"}}");
        world.send("POST", "/upload/storage/v1/b/b-one/o?uploadType=media&name=o.txt", "data of the object");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void needs(String program) {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
        assumeTrue(found, program + " is not on PATH: this witness is skipped");
    }

    private String run(String token, String... command) throws IOException, InterruptedException {
        Path tokens = Files.writeString(folder.resolve("token"), token);
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment()
                .putAll(Map.of(
                        "CLOUDSDK_CONFIG", folder.resolve("config").toString(),
                        "CLOUDSDK_CORE_PROJECT", "p1",
                        "CLOUDSDK_CORE_DISABLE_PROMPTS", "1",
                        "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true",
                        "CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true",
                        "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", tokens.toString(),
                        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", world.url() + "/storage/v1/",
                        "BIGQUERYRC", "/dev/null"));
        Process process = builder.start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as(List.of(command) + " ended").isTrue();
        assertThat(process.exitValue())
                .as(() -> List.of(command) + ": " + errors())
                .isZero();
        return Files.readString(output);
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void gcloudAddsAReaderWhoThenReadsWithIt() throws Exception {
        needs("gcloud");
        run(
                "any-string",
                "gcloud",
                "storage",
                "buckets",
                "add-iam-policy-binding",
                "gs://b-one",
                "--member=user:ada@example.org",
                "--role=roles/storage.objectViewer",
                "--condition=None");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
        JsonNode policy = Json.parse(
                run("any-string", "gcloud", "storage", "buckets", "get-iam-policy", "gs://b-one", "--format=json"));
        assertThat(policy.path("bindings")).hasSize(5);
        assertThat(run("ada@example.org", "gcloud", "storage", "cat", "gs://b-one/o.txt"))
                .isEqualTo("data of the object");
    }

    @Test
    void bqShowsAndUpdatesADatasetsAccessWithItsEtag() throws Exception {
        needs("bq");
        String[] bq = {"bq", "--api", world.url(), "--project_id=p1", "--format=json"};
        JsonNode shown = Json.parse(run("any-string", plus(bq, "show", "--dataset", "p1:d1")));
        ObjectNode changed = shown.deepCopy();
        ((ArrayNode) changed.get("access")).addObject().put("role", "READER").put("userByEmail", "ada@example.org");
        Path source = Files.writeString(folder.resolve("dataset.json"), changed.toString());
        run("any-string", plus(bq, "update", "--source", source.toString(), "p1:d1"));
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1")).isTrue();
        JsonNode after = world.json("GET", "/bigquery/v2/projects/p1/datasets/d1", "");
        assertThat(after.path("access")).hasSize(5);
        assertThat(after.path("etag")).isNotEqualTo(shown.path("etag"));
    }

    private static String[] plus(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}

package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Google's own command line on a simulated world, as its administrator (facts/gcp.md 7c). */
final class GoogleTool {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GoogleWorld world;
    private final Path folder;
    private final List<String> start;

    private GoogleTool(GoogleWorld world, Path folder, List<String> start) {
        this.world = world;
        this.folder = folder;
        this.start = start;
    }

    /** Skips the test where gcloud is not installed. */
    static GoogleTool gcloud(GoogleWorld world, Path folder) {
        orSkip("gcloud");
        return new GoogleTool(world, folder, List.of("gcloud", "--format=json"));
    }

    /** Skips the test where bq is not installed. */
    static GoogleTool bq(GoogleWorld world, Path folder) {
        orSkip("bq");
        return new GoogleTool(
                world,
                folder,
                List.of(
                        "bq",
                        "--api",
                        world.address().toString(),
                        "--project_id=" + GoogleWorld.PROJECT,
                        "--format=json"));
    }

    private static void orSkip(String program) {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
        assumeTrue(found, program + " is not on the PATH: this witness is skipped");
    }

    /** What a command that must succeed answers. */
    JsonNode json(String... arguments) {
        try {
            return JSON.readTree(run(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in words. */
    String run(String... arguments) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        try {
            return output(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CLOUDSDK_CONFIG", folder.resolve("config").toString());
        environment.put("CLOUDSDK_CORE_PROJECT", GoogleWorld.PROJECT);
        environment.put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
        environment.put("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true");
        environment.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true");
        environment.put(
                "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), "any-string").toString());
        environment.put("BIGQUERYRC", "/dev/null");
        environment.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", world.address() + "/storage/v1/");
        environment.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDIDENTITY", world.address() + "/");
        Process process = builder.start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as(command + " ended").isTrue();
        assertThat(process.exitValue())
                .as(command + ": " + Files.readString(errors) + Files.readString(output))
                .isZero();
        return Files.readString(output);
    }
}

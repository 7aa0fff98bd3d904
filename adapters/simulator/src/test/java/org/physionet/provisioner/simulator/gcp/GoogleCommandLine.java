package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.physionet.provisioner.simulator.Installed;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.LiveWorld;

/** Google's own programs, pointed at a simulated world (facts/gcp.md 7c). */
final class GoogleCommandLine {
    private final LiveWorld world;
    private final Path folder;
    private final List<String> start;

    private GoogleCommandLine(LiveWorld world, Path folder, List<String> start) {
        this.world = world;
        this.folder = folder;
        this.start = start;
    }

    /** Skips the test where gcloud is not installed. */
    static GoogleCommandLine gcloud(LiveWorld world, Path folder) {
        Installed.orSkip("gcloud");
        return new GoogleCommandLine(world, folder, List.of("gcloud"));
    }

    /** Skips the test where bq is not installed. */
    static GoogleCommandLine bq(LiveWorld world, Path folder) {
        Installed.orSkip("bq");
        return new GoogleCommandLine(
                world, folder, List.of("bq", "--api", world.url(), "--project_id=p1", "--format=json"));
    }

    /** Standard output of a run as the administrator that succeeds. */
    String run(String... arguments) {
        return as("any-string", arguments);
    }

    JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (start.getFirst().equals("gcloud")) {
            all.add("--format=json");
        }
        return Json.parse(run(all.toArray(String[]::new)));
    }

    /** The same with a token; an e-mail address is that account. */
    String as(String token, String... arguments) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        try {
            return run(token, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String run(String token, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CLOUDSDK_CONFIG", folder.resolve("config").toString());
        environment.put("CLOUDSDK_CORE_PROJECT", "p1");
        environment.put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
        environment.put("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true");
        environment.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true");
        environment.put(
                "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), token).toString());
        environment.put("BIGQUERYRC", "/dev/null");
        String override = "CLOUDSDK_API_ENDPOINT_OVERRIDES_";
        environment.put(override + "STORAGE", world.url() + "/storage/v1/");
        for (String api : List.of("CLOUDRESOURCEMANAGER", "CLOUDIDENTITY", "ORGPOLICY", "SERVICEUSAGE")) {
            environment.put(override + api, world.url() + "/");
        }
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

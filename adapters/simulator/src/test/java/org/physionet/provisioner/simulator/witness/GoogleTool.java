package org.physionet.provisioner.simulator.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Google's own command lines, pointed at a simulated world (facts/gcp.md 7c). */
public final class GoogleTool {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final String project;
    private final Path folder;
    private final List<String> start;

    private GoogleTool(String address, String project, Path folder, List<String> start) {
        this.address = address;
        this.project = project;
        this.folder = folder;
        this.start = start;
    }

    /**
     * Skips the test where gcloud is not installed.
     *
     * @param address of the simulator
     * @param folder for its configuration
     */
    public static GoogleTool gcloud(String address, String project, Path folder) {
        Installed.orSkip("gcloud");
        return new GoogleTool(address, project, folder, List.of("gcloud"));
    }

    /** The same for bq, which answers in JSON always. */
    public static GoogleTool bq(String address, String project, Path folder) {
        Installed.orSkip("bq");
        return new GoogleTool(
                address, project, folder, List.of("bq", "--api", address, "--project_id=" + project, "--format=json"));
    }

    /** What a command of the administrator's that must succeed answers. */
    public JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (start.getFirst().equals("gcloud")) {
            all.add("--format=json");
        }
        try {
            return JSON.readTree(run(all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in words. */
    public String run(String... arguments) {
        return as("any-string", arguments);
    }

    /** The same with a token; an e-mail address is that account. */
    public String as(String token, String... arguments) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        try {
            return output(token, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String output(String token, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CLOUDSDK_CONFIG", folder.resolve("config").toString());
        environment.put("CLOUDSDK_CORE_PROJECT", project);
        environment.put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
        environment.put("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true");
        environment.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true");
        environment.put(
                "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), token).toString());
        environment.put("BIGQUERYRC", "/dev/null");
        String override = "CLOUDSDK_API_ENDPOINT_OVERRIDES_";
        environment.put(override + "STORAGE", address + "/storage/v1/");
        for (String api : List.of("CLOUDRESOURCEMANAGER", "CLOUDIDENTITY", "ORGPOLICY", "SERVICEUSAGE")) {
            environment.put(override + api, address + "/");
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

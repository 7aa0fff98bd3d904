package org.physionet.provisioner.simulator.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.physionet.provisioner.simulator.witness.Installed;

/** A command-line program of others, used as an independent witness; tests skip where it is not installed. */
final class Tool {
    /** @param output standard output and error together */
    record Result(int exit, String output) {}

    private final String program;
    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    private Tool(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    static Tool orSkip(String program, Path folder) {
        Installed.orSkip(program);
        return new Tool(program, folder);
    }

    Tool with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("AWS_")
                        || name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(program + " did not end in 120 s");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

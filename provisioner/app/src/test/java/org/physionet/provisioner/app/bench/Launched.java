package org.physionet.provisioner.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program started as a person starts it: by its launcher, in a process of its own. */
final class Launched {
    private Launched() {}

    /**
     * Runs a command to its end; its output is thrown away.
     *
     * @throws IllegalStateException if it ends with another exit code than 0
     */
    static void run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": expected exit code 0, found " + exit);
        }
    }

    private static Path launcher() {
        Path launcher = checkout().resolve("scripts/provisioner");
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException(launcher + ": expected the launcher, found none that can be run");
        }
        return launcher;
    }

    /** The root of the checkout, which scripts/bench hands on. */
    static Path checkout() {
        return Path.of(System.getProperty("provisioner.checkout", "")).toAbsolutePath();
    }
}

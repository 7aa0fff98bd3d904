package org.physionet.provisioner.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program started as a person starts it: by its launcher, in a process of its own. */
final class Launched {
    private Launched() {}

    /**
     * Runs a command to its end; its output is thrown away.
     *
     * @return the most memory that it had at once, in MiB, as far as the system tells it while it runs
     * @throws IllegalStateException if it ends with another exit code than 0
     */
    static double run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        double peak = 0;
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakMebibytes(process.pid()));
        }
        int exit = process.exitValue();
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": expected exit code 0, found " + exit);
        }
        return peak;
    }

    /** proc(5): the most that was resident at once; 0: the process has ended, or the system has no such files. */
    static double peakMebibytes(long process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        } catch (NoSuchFileException e) {
            return 0;
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

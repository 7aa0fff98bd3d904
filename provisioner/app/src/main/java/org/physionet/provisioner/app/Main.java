package org.physionet.provisioner.app;

import java.util.List;
import org.physionet.provisioner.app.cli.Surroundings;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Libraries log through SLF4J or java.util.logging, to standard error; only what matters, unless asked for
        // more.
        boolean verbose = List.of(args).contains("--verbose") || List.of(args).contains("-v");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "error");
        System.exit(execute(List.of(args), Surroundings.ofProcess()));
    }

    /** Runs one command and returns its exit code; never throws, never ends the process. */
    public static int execute(List<String> args, Surroundings surroundings) {
        return new CommandRunner(surroundings).run(args);
    }
}

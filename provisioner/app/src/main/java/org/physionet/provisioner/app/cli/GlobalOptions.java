package org.physionet.provisioner.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Format;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has (CONTRACT, "Command line"). */
public final class GlobalOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = 100,
            description = "configuration (default: provisioner.yaml in the working folder)")
    private @Nullable Path config;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "table, json, ndjson or csv (default: table on a terminal, json elsewhere)")
    private @Nullable Format output;

    @Option(
            names = {"-y", "--yes"},
            scope = ScopeType.INHERIT,
            order = 102,
            description = "answer yes to every question")
    private boolean yes;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            order = 103,
            description = "say more on standard error, with stack traces")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            order = 104,
            description = "say nothing on standard error but errors")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 105,
            description = "this text")
    @SuppressWarnings("UnusedVariable") // picocli sets and obeys it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            order = 106,
            description = "the program's version")
    @SuppressWarnings("UnusedVariable") // picocli sets and obeys it
    private boolean version;

    public @Nullable Path config() {
        return config;
    }

    public @Nullable Format output() {
        return output;
    }

    public boolean yes() {
        return yes;
    }

    public boolean verbose() {
        return verbose;
    }

    public boolean quiet() {
        return quiet;
    }
}

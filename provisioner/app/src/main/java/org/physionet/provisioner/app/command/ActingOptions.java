package org.physionet.provisioner.app.command;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import picocli.CommandLine.Option;

/** {@code --on-behalf-of}, where there is an actor. */
final class ActingOptions {
    @Option(
            names = "--on-behalf-of",
            paramLabel = "TEXT",
            description = "who asked for it, beside the operating-system user, who is recorded anyway")
    private @Nullable String onBehalfOf;

    @Nullable String onBehalfOf() {
        return onBehalfOf;
    }

    /** A reason that is more than white space. */
    static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw new UsageError(Problem.of("A reason is needed: it stays in the record")
                    .expected("--reason TEXT")
                    .found("nothing"));
        }
        return reason.strip();
    }
}

package org.physionet.provisioner.app.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.lookup.Dates;
import picocli.CommandLine.Option;

/** {@code --at}: sets the clock over today's source and holds. */
final class AtOption {
    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "set the clock, e.g. 2026-11-01T12:00:00Z, over today's source and holds")
    private @Nullable String text;

    /** The instant that was asked for, or null; a past one warns. */
    @Nullable Instant asked(Invocation invocation) {
        if (text == null) {
            return null;
        }
        Instant at = Dates.instant("--at", text);
        if (at.isBefore(invocation.surroundings().clock().instant())) {
            invocation.note(
                    "warning: --at " + at + " is past: this is today's source and holds under another clock, and no "
                            + "evidence of what was so then; access list --at is the record as of then");
        }
        return at;
    }

    /** The instant that was asked for, or now. */
    Instant instant(Invocation invocation) {
        Instant at = asked(invocation);
        return at == null ? invocation.surroundings().clock().instant() : at;
    }
}

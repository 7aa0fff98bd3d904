package org.physionet.provisioner.audit.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one principal read of a dataset.
 *
 * @param who {@code named}, {@code service}, {@code owner}, {@code anonymous}, {@code redacted} or {@code unnamed}
 * @param principal null: nobody is named
 * @param researcher whose it is; null: nobody's, or several people's
 * @param objects different objects or tables
 * @param bytes 0 where no log says
 * @param entitled whether the record gave access at every one of these reads; null: nobody is named
 * @param uncovered reads at which it did not
 * @param basis on what; several are joined by a comma; null: on nothing
 */
public record Reader(
        String who,
        @Nullable String principal,
        @Nullable String researcher,
        @Nullable String username,
        Instant first,
        Instant last,
        long objects,
        long requests,
        long bytes,
        @Nullable Boolean entitled,
        long uncovered,
        @Nullable String basis) {}

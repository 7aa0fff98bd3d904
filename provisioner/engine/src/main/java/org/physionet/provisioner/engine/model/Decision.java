package org.physionet.provisioner.engine.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a researcher may read a dataset at an instant.
 *
 * @param expiresAt last instant at which the decision still holds if nothing changes; null: no limit, or not allowed
 * @param reasons unmet conditions, waived ones included, sorted by code
 * @param basis null when not allowed
 * @param exception the exception that allows it, when the rule alone would not
 * @param frozen why the pair can not be decided (an unreadable row): neither granted nor revoked; null if it can.
 *     A frozen decision is never {@code allowed}
 */
public record Decision(
        ResearcherId researcher,
        DatasetId dataset,
        boolean allowed,
        @Nullable Instant expiresAt,
        SortedSet<Reason> reasons,
        @Nullable Basis basis,
        @Nullable HoldId exception,
        @Nullable String frozen) {
    public Decision {
        reasons = Collections.unmodifiableSortedSet(new TreeSet<>(reasons));
        if (allowed && (frozen != null || basis == null)) {
            throw new IllegalArgumentException("an allowed decision has a basis and is not frozen");
        }
    }

    public boolean isFrozen() {
        return frozen != null;
    }
}

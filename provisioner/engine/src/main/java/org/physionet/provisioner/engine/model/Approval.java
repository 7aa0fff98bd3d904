package org.physionet.provisioner.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A data access request of a researcher for a dataset.
 *
 * @param decidedAt the term's start; may be missing even when accepted
 * @param length null: no end, even without a decision time
 */
public record Approval(
        DatasetId dataset,
        State state,
        @Nullable Instant decidedAt,
        @Nullable TermLength length) {
    /** Only {@code ACCEPTED} counts. */
    public enum State {
        PENDING,
        REJECTED,
        WITHDRAWN,
        ACCEPTED,
        REVOKED
    }
}

package org.physionet.provisioner.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A training report of a researcher.
 *
 * @param processedAt when it was accepted (the term's start); may be missing even when accepted
 */
public record Certificate(
        TrainingTypeId type, State state, @Nullable Instant processedAt) {
    /** Only {@code ACCEPTED} counts. */
    public enum State {
        IN_REVIEW,
        WITHDRAWN,
        REJECTED,
        ACCEPTED
    }
}

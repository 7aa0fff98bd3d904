package org.physionet.provisioner.engine.store;

import java.time.Instant;

/** The size of the last healthy snapshot, against which the next one is judged. */
public record SourceCounts(
        Instant takenAt,
        int researchers,
        int datasets,
        int certificates,
        int agreements,
        int approvals,
        int accounts) {}

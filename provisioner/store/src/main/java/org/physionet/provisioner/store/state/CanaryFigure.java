package org.physionet.provisioner.store.state;

import java.time.Instant;
import java.util.Comparator;
import org.physionet.provisioner.engine.store.RunRecord.CanaryTime;

/**
 * One change of one shard as a canary measured it.
 *
 * @param at when the measurement ended
 */
public record CanaryFigure(CanaryTime time, Instant at) implements Comparable<CanaryFigure> {
    private static final Comparator<CanaryFigure> ORDER = Comparator.comparing(
                    (CanaryFigure f) -> f.time().resource())
            .thenComparing(f -> f.time().shard())
            .thenComparing(f -> f.time().effect())
            .thenComparing(CanaryFigure::at);

    @Override
    public int compareTo(CanaryFigure other) {
        return ORDER.compare(this, other);
    }
}

package org.physionet.provisioner.engine.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalDouble;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.engine.store.EdgeRecord;

/**
 * How a resource's readers became more or fewer, by the record. Pure.
 *
 * @param net how many more entries than at the beginning of the window
 * @param window how long it is: 90 days, or what has passed since the day on which the resource was first seen
 */
public record Growth(long net, Duration window) {
    /** Longest window. */
    public static final Duration WINDOW = Duration.ofDays(90);

    /** Whoever comes in so long after the resource was first seen is its first filling, and no growth. */
    private static final Duration FILLING = Duration.ofDays(1);

    /** A shorter window says nothing of the days to come. */
    private static final Duration LEAST = Duration.ofDays(7);

    /**
     * @param firstSeenAt when the record first saw the resource
     * @param edges of the record, of all resources
     * @param endings of the last {@link #WINDOW}, of all resources
     */
    public static Growth of(
            ResourceId resource,
            Instant firstSeenAt,
            Collection<EdgeRecord> edges,
            Collection<Ending> endings,
            Instant now) {
        Instant filled = firstSeenAt.plus(FILLING);
        Instant from = filled.isAfter(now.minus(WINDOW)) ? filled : now.minus(WINDOW);
        if (from.isAfter(now)) {
            return new Growth(0, Duration.ZERO);
        }
        long came = edges.stream()
                .filter(e -> e.resource().equals(resource)
                        && !e.adopted()
                        && !e.since().isBefore(from))
                .count();
        // Who came and went within the window is in neither count.
        long went = endings.stream()
                .filter(e -> e.resource().equals(resource.text())
                        && e.since().isBefore(from)
                        && !e.gone().isBefore(from))
                .count();
        return new Growth(came - went, Duration.between(from, now));
    }

    /** Entries a day; empty: the record is too young to say. */
    public OptionalDouble perDay() {
        return window.compareTo(LEAST) < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) net * Duration.ofDays(1).toSeconds() / window.toSeconds());
    }
}

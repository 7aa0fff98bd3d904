package org.physionet.provisioner.simulator.aws.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration that is stored at once and takes effect later: reads of the configuration see the stored value, decisions see the
 * effective one ("bucket configurations have an eventual consistency model", facts/aws.md A2.3).
 *
 * @param <T> the value; it may be absent
 */
public final class Lagged<T> {
    /** @param from when the value takes effect */
    public record Change<T>(Optional<T> value, Instant from) {}

    private final List<Change<T>> changes = new ArrayList<>();

    private Lagged(List<Change<T>> changes) {
        this.changes.addAll(changes);
    }

    public static <T> Lagged<T> empty() {
        return of(Optional.empty());
    }

    public static <T> Lagged<T> of(Optional<T> value) {
        return new Lagged<>(List.of(new Change<>(value, Instant.MIN)));
    }

    /** @param changes at least one, in the order of their effect */
    public static <T> Lagged<T> of(List<Change<T>> changes) {
        return new Lagged<>(changes);
    }

    public Optional<T> stored() {
        return changes.getLast().value();
    }

    public Optional<T> effective(Instant now) {
        return changes.get(indexAt(now)).value();
    }

    /** Stores at once; takes effect after the delay. Earlier changes that are still on their way arrive before it. */
    public void set(Optional<T> value, Instant now, Duration delay) {
        Instant from = now.plus(delay);
        int current = indexAt(now);
        changes.subList(0, current).clear();
        changes.removeIf(change -> change.from().isAfter(from));
        if (delay.isZero()) {
            changes.clear();
        }
        changes.add(new Change<>(value, delay.isZero() ? Instant.MIN : from));
    }

    /** The value in force and those on their way; just one if nothing is on its way. */
    public List<Change<T>> changes() {
        return List.copyOf(changes);
    }

    private int indexAt(Instant now) {
        int index = 0;
        while (index + 1 < changes.size() && !changes.get(index + 1).from().isAfter(now)) {
            index++;
        }
        return index;
    }
}

package org.physionet.provisioner.simulator.gcp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A value that is read back at once and takes effect later (facts/gcp.md 2, row 20): what is stored, and the older
 * values that are still in force, oldest first.
 */
final class Propagated<T> {
    private T stored;
    private List<Older<T>> older;

    Propagated(T stored) {
        this(stored, List.of());
    }

    /** @param older in order of writing, with ends that do not decrease */
    Propagated(T stored, List<Older<T>> older) {
        this.stored = stored;
        this.older = List.copyOf(older);
    }

    T stored() {
        return stored;
    }

    List<Older<T>> older() {
        return older;
    }

    void write(T next, Instant now, Duration delay) {
        List<Older<T>> still = new ArrayList<>(older);
        still.removeIf(old -> !old.until().isAfter(now));
        if (!delay.isZero()) {
            Instant until = now.plus(delay);
            Instant last = still.isEmpty() ? until : still.getLast().until();
            still.add(new Older<>(stored, until.isBefore(last) ? last : until));
        }
        older = List.copyOf(still);
        stored = next;
    }

    /** Replaces the value everywhere, also where it is still in force: for what Google rewrites by itself. */
    void rewrite(java.util.function.UnaryOperator<T> change) {
        stored = change.apply(stored);
        older = older.stream()
                .map(old -> new Older<>(change.apply(old.value()), old.until()))
                .toList();
    }

    T inForce(Instant now) {
        return older.stream()
                .filter(old -> old.until().isAfter(now))
                .findFirst()
                .map(Older::value)
                .orElse(stored);
    }

    /** A value that stays in force until an instant, exclusive. */
    record Older<T>(T value, Instant until) {}
}

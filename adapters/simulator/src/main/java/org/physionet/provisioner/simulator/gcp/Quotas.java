package org.physionet.provisioner.simulator.gcp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Write rates (facts/gcp.md 1), on the world's clock. Not part of the state: a loaded world starts with full budgets. */
final class Quotas {
    private final Map<String, Deque<Instant>> taken = new HashMap<>();

    /** Takes one from a budget of {@code most} per window; false, and nothing is taken, if there is none left. */
    boolean take(String budget, int most, Duration window, Instant now) {
        Deque<Instant> recent = taken.computeIfAbsent(budget, name -> new ArrayDeque<>());
        Instant start = now.minus(window);
        recent.removeIf(instant -> !instant.isAfter(start));
        if (recent.size() >= most) {
            return false;
        }
        recent.add(now);
        return true;
    }
}

package org.physionet.provisioner.engine.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.time.Sleeper;

/** One meter for each budget, shared by all who have the same {@link Meters}. Calls go in the order in which they ask. */
public final class SharedPacing implements Pacing {
    /** What was booked ahead and not called since is given up: it has run out at the provider as well. */
    private static final Duration STALE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Meters meters;
    private final Map<String, Turns> turns = new HashMap<>();

    /** Shared by all that this process does. */
    public SharedPacing(InstantSource clock, Sleeper sleeper) {
        this(clock, sleeper, Meters.ofThisProcess());
    }

    public SharedPacing(InstantSource clock, Sleeper sleeper, Meters meters) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.meters = meters;
    }

    @Override
    public void before(Budget budget) {
        Duration wait = turns(budget).next(clock.instant());
        if (wait.isZero()) {
            return;
        }
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void refused(Budget budget) {
        turns(budget).slowDown(clock.instant());
    }

    private synchronized Turns turns(Budget budget) {
        return turns.computeIfAbsent(budget.name(), name -> new Turns(budget));
    }

    /** The calls that were booked for this process. */
    private final class Turns {
        private final Budget budget;
        private final int ahead;
        private @Nullable Instant bookedAt;
        private Instant next = Instant.EPOCH;
        private Duration one = Duration.ZERO;
        private int left;

        Turns(Budget budget) {
            this.budget = budget;
            this.ahead = Math.min(budget.burst(), meters.ahead(budget.perSecond()));
        }

        synchronized Duration next(Instant now) {
            if (left == 0 || bookedAt == null || now.isBefore(bookedAt) || now.isAfter(bookedAt.plus(STALE))) {
                book(now);
            }
            Instant at = next;
            next = at.plus(one);
            left--;
            Duration wait = Duration.between(now.plus(one.multipliedBy(budget.burst() - 1L)), at);
            return wait.isNegative() ? Duration.ZERO : wait;
        }

        private void book(Instant now) {
            Meter meter = meters.change(budget.name(), now, known -> known.spent(budget, now, ahead));
            one = meter.oneCall(budget);
            next = meter.paidUntil().minus(one.multipliedBy(ahead));
            left = ahead;
            bookedAt = now;
        }

        synchronized void slowDown(Instant now) {
            meters.change(budget.name(), now, known -> known.slowedDown(budget, now));
            left = 0;
        }
    }
}

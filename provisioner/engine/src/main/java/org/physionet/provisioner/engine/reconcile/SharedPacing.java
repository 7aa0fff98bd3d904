package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.time.Sleeper;

/**
 * One meter for each budget, shared by all that this process does. A refusal halves the rate, at most once a second and
 * down to a sixteenth; every ten seconds without one give back a tenth of the declared rate.
 */
public final class SharedPacing implements Pacing {
    private static final double LOWEST = 1.0 / 16;
    private static final double REGAINED = 0.1;
    private static final Duration REGAINED_AFTER = Duration.ofSeconds(10);
    private static final Duration ONE_REFUSAL = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Map<String, Meter> meters = new HashMap<>();

    public SharedPacing(InstantSource clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
    }

    @Override
    public void before(Budget budget) {
        Duration wait = meter(budget).spend(clock.instant());
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
        meter(budget).slowDown(clock.instant());
    }

    private synchronized Meter meter(Budget budget) {
        return meters.computeIfAbsent(budget.name(), name -> new Meter(budget, clock.instant()));
    }

    /** When the next call may go. Calls are booked in the order in which they ask. */
    private static final class Meter {
        private final Budget budget;
        /** The moment at which the budget is full again if nobody calls. */
        private Instant paidUntil;

        private double share = 1;
        private Instant changed;

        Meter(Budget budget, Instant now) {
            this.budget = budget;
            this.paidUntil = now;
            this.changed = now;
        }

        synchronized Duration spend(Instant now) {
            regain(now);
            Duration one = oneCall();
            if (paidUntil.isBefore(now)) {
                paidUntil = now;
            }
            Duration wait = Duration.between(now.plus(one.multipliedBy(budget.burst() - 1L)), paidUntil);
            paidUntil = paidUntil.plus(one);
            return wait.isNegative() ? Duration.ZERO : wait;
        }

        synchronized void slowDown(Instant now) {
            // Calls under way together are refused together: one finding, not many.
            if (share == 1 || !now.isBefore(changed.plus(ONE_REFUSAL))) {
                share = Math.max(LOWEST, share / 2);
                changed = now;
                // The provider's own count is used up, whatever ours says: no burst now.
                Instant usedUp = now.plus(oneCall().multipliedBy(budget.burst()));
                paidUntil = paidUntil.isAfter(usedUp) ? paidUntil : usedUp;
            }
        }

        private Duration oneCall() {
            return Duration.ofNanos(Math.round(1e9 / (budget.perSecond() * share)));
        }

        private void regain(Instant now) {
            while (share < 1 && !now.isBefore(changed.plus(REGAINED_AFTER))) {
                share = Math.min(1, share + REGAINED);
                changed = changed.plus(REGAINED_AFTER);
            }
        }
    }
}

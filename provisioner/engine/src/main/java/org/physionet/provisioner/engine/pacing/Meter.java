package org.physionet.provisioner.engine.pacing;

import java.time.Duration;
import java.time.Instant;
import org.physionet.provisioner.engine.adapter.Budget;

/**
 * How far a budget is spent. A refusal halves the rate, at most once a second and down to a sixteenth; every ten seconds without one give
 * back a tenth of the declared rate.
 *
 * @param paidUntil the moment at which the budget is full again if nobody calls
 * @param share of the declared rate that the provider lets us have, above 0 and at most 1
 * @param changed when the share changed last
 */
public record Meter(Instant paidUntil, double share, Instant changed) {
    private static final double LOWEST = 1.0 / 16;
    private static final double REGAINED = 0.1;
    private static final Duration REGAINED_AFTER = Duration.ofSeconds(10);
    private static final Duration ONE_REFUSAL = Duration.ofSeconds(1);

    /** Farther ahead nobody books: what says so was written by a clock that is wrong. */
    private static final Duration FARTHEST = Duration.ofMinutes(1);

    /** Of a budget that nobody has called yet. */
    public static Meter full(Instant now) {
        return new Meter(now, 1, now);
    }

    /** With so many calls booked, one after the other from where the ones before end, or from now. */
    Meter spent(Budget budget, Instant now, int calls) {
        Meter meter = regained(now);
        Instant from = meter.paidUntil.isBefore(now) ? now : meter.paidUntil;
        return new Meter(from.plus(meter.oneCall(budget).multipliedBy(calls)), meter.share, meter.changed);
    }

    Meter slowedDown(Budget budget, Instant now) {
        Meter meter = regained(now);
        // Calls under way together are refused together: one finding, not many.
        if (meter.share < 1 && now.isBefore(meter.changed.plus(ONE_REFUSAL))) {
            return meter;
        }
        Meter slower = new Meter(meter.paidUntil, Math.max(LOWEST, meter.share / 2), now);
        // The provider's own count is used up, whatever ours says: no burst now.
        Instant usedUp = now.plus(slower.oneCall(budget).multipliedBy(budget.burst()));
        return new Meter(meter.paidUntil.isAfter(usedUp) ? meter.paidUntil : usedUp, slower.share, slower.changed);
    }

    /** From one call to the next, as fast as the budget goes now. */
    Duration oneCall(Budget budget) {
        return Duration.ofNanos(Math.round(1e9 / (budget.perSecond() * share)));
    }

    private Meter regained(Instant now) {
        Instant since = changed.isAfter(now) ? now : changed;
        double regained = share;
        while (regained < 1 && !now.isBefore(since.plus(REGAINED_AFTER))) {
            regained = Math.min(1, regained + REGAINED);
            since = since.plus(REGAINED_AFTER);
        }
        Instant latest = now.plus(FARTHEST);
        return new Meter(paidUntil.isAfter(latest) ? latest : paidUntil, regained, since);
    }
}

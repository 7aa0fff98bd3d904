package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.time.Sleeper;

/** When to try again, and when to stop: full jitter under a deadline. The only retrier in the program. */
final class Patience {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final InstantSource clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Instant deadline;
    private final Supplier<Haste> haste;

    Patience(InstantSource clock, Sleeper sleeper, RandomGenerator random, Instant deadline, Supplier<Haste> haste) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
        this.deadline = deadline;
        this.haste = haste;
    }

    Instant now() {
        return clock.instant();
    }

    boolean outOfTime() {
        return haste.get() == Haste.END_NOW || !clock.instant().isBefore(deadline);
    }

    /** Whether no other resource may be begun. */
    boolean endsSoon() {
        return haste.get() != Haste.NONE || outOfTime();
    }

    /**
     * Waits before attempt number {@code attempt} (the first retry is 1).
     *
     * @param notBefore when the provider asked to come back; null: it did not say
     * @return false if the deadline comes first, or the wait was interrupted: then there is no further attempt
     */
    boolean beforeRetry(int attempt, @Nullable Instant notBefore) {
        Instant now = clock.instant();
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt, 12));
        Duration wait = Duration.ofMillis(random.nextLong(ceiling / 2, ceiling + 1));
        if (notBefore != null && notBefore.isAfter(now.plus(wait))) {
            wait = Duration.between(now, notBefore);
        }
        return sleep(now, wait);
    }

    /** Waits for an instant; false as for {@link #beforeRetry}. */
    boolean until(Instant instant) {
        Instant now = clock.instant();
        return !instant.isAfter(now) || sleep(now, Duration.between(now, instant));
    }

    private boolean sleep(Instant now, Duration wait) {
        if (now.plus(wait).isAfter(deadline)) {
            return false;
        }
        try {
            sleeper.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

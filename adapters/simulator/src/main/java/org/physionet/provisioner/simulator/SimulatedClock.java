package org.physionet.provisioner.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The world's time: starts at the base clock's and runs with it; can be set and advanced. */
public final class SimulatedClock implements InstantSource {
    private final InstantSource base;
    private volatile Duration offset = Duration.ZERO;

    public SimulatedClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset);
    }

    public void advance(Duration by) {
        offset = offset.plus(by);
    }

    public void set(Instant to) {
        offset = Duration.between(base.instant(), to);
    }

    /** Runs with the base clock again, without any offset. */
    public void follow() {
        offset = Duration.ZERO;
    }

    /** Whether the clock was ever set or advanced away from the base clock. */
    public boolean moved() {
        return !offset.isZero();
    }
}

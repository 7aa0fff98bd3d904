package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The world's time, and the machine's, which may be off. */
public final class WorldClock implements InstantSource {
    private Instant now;
    private Duration skew = Duration.ZERO;

    WorldClock(Instant start) {
        now = start;
    }

    /** What the machine's clock says. */
    @Override
    public Instant instant() {
        return now.plus(skew);
    }

    /** What it is. */
    Instant trueTime() {
        return now;
    }

    Duration skew() {
        return skew;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void skew(Duration by) {
        skew = by;
    }
}

package org.physionet.provisioner.store.sql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the database holds them: microseconds since 1970-01-01T00:00:00Z, rounded down (facts/stack.md 4). */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** @throws ArithmeticException beyond the years ±292,000 */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}

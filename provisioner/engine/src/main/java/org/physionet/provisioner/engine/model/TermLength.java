package org.physionet.provisioner.engine.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How long a training or an approval lasts. Days are 24 hours in UTC; months, which PostgreSQL intervals can carry, are
 * calendar months in UTC (facts/physionet.md 1.1).
 *
 * @param months calendar months, not negative
 * @param rest the exact part, to the microsecond, not negative
 */
public record TermLength(int months, Duration rest) {
    public TermLength {
        if (months < 0 || rest.isNegative()) {
            throw new IllegalArgumentException(
                    "term length: expected none below zero, found " + months + " months " + rest);
        }
    }

    public static TermLength ofDays(long days) {
        return new TermLength(0, Duration.ofDays(days));
    }

    /** The last instant of a term that starts at the given one; {@link Instant#MAX} if it lies beyond all calendars. */
    public Instant endFrom(Instant start) {
        try {
            return start.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant().plus(rest);
        } catch (java.time.DateTimeException | ArithmeticException e) {
            return Instant.MAX;
        }
    }

    @Override
    public String toString() {
        long days = rest.toDays();
        Duration part = rest.minusDays(days);
        StringBuilder text = new StringBuilder();
        if (months > 0) {
            text.append(months).append(months == 1 ? " month " : " months ");
        }
        if (days > 0 || months == 0) {
            text.append(days).append(days == 1 ? " day " : " days ");
        }
        if (!part.isZero()) {
            text.append(part);
        }
        return text.toString().strip();
    }
}

package org.physionet.provisioner.sources.physionet;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.physionet.provisioner.engine.model.TermLength;
import org.postgresql.util.PGInterval;

/**
 * Turns the text of PostgreSQL intervals into lengths: days are 24 hours, months and years stay calendar months
 * (facts/physionet.md 1.1). Most rows share a few lengths, so each text is read once.
 */
final class TermLengths {
    private static final int MONTHS_A_YEAR = 12;

    private final Map<String, TermLength> known = new HashMap<>();

    /** @throws IllegalArgumentException if it is negative, infinite or no interval at all */
    TermLength of(String interval) {
        return known.computeIfAbsent(interval, TermLengths::parse);
    }

    private static TermLength parse(String text) {
        // PostgreSQL 17 has infinite intervals, which the driver's class does not know.
        if (text.contains("infinity")) {
            throw new IllegalArgumentException("expected a length, found \"" + text + "\"");
        }
        try {
            PGInterval interval = new PGInterval(text);
            Duration rest = Duration.ofDays(interval.getDays())
                    .plusHours(interval.getHours())
                    .plusMinutes(interval.getMinutes())
                    .plusSeconds(interval.getWholeSeconds())
                    .plusNanos(interval.getMicroSeconds() * 1_000L);
            return new TermLength(
                    Math.addExact(Math.multiplyExact(interval.getYears(), MONTHS_A_YEAR), interval.getMonths()), rest);
        } catch (SQLException | ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a length of zero or more, found \"" + text + "\"", e);
        }
    }
}

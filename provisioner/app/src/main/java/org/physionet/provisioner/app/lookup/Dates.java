package org.physionet.provisioner.app.lookup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;

/** Dates and instants as the command line takes them, in UTC, to the microsecond. */
public final class Dates {
    private Dates() {}

    /**
     * The last instant of a DATE: a day ends at its last microsecond; an instant is itself.
     *
     * @throws UsageError if it is neither
     */
    public static Instant end(String option, String text) {
        try {
            return LocalDate.parse(text.strip())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .minus(1, ChronoUnit.MICROS);
        } catch (DateTimeParseException e) {
            return instant(option, text, "a date such as 2027-05-01, or an instant such as 2027-05-01T12:00:00Z");
        }
    }

    /** The first instant of a DATE, for the beginnings of spans. */
    public static Instant start(String option, String text) {
        try {
            return LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            return instant(option, text, "a date such as 2027-05-01, or an instant such as 2027-05-01T12:00:00Z");
        }
    }

    /** @throws UsageError if it is not ISO-8601 with a zone */
    public static Instant instant(String option, String text) {
        return instant(option, text, "an instant with its zone, such as 2026-11-01T12:00:00Z");
    }

    private static Instant instant(String option, String text, String expected) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException e) {
            throw new UsageError(Problem.of("The value of " + option + " can not be understood")
                    .expected(expected)
                    .found("\"" + text + "\""));
        }
    }
}

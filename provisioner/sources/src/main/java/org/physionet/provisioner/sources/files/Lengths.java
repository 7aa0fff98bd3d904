package org.physionet.provisioner.sources.files;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.TermLength;

/** Reads lengths in ISO 8601: {@code P1095D}, {@code P3Y}, {@code P1Y2M10DT2H30M}; days are 24 hours, months calendar months. */
final class Lengths {
    private static final Pattern FORM =
            Pattern.compile("P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,6})?S)?)?");

    private Lengths() {}

    /** @throws IllegalArgumentException if it is no such length, or below zero */
    static TermLength parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw refused(text, null);
        }
        try {
            int time = text.indexOf('T');
            String date = time < 0 ? text : text.substring(0, time);
            Period period = date.equals("P") ? Period.ZERO : Period.parse(date);
            Duration rest = Duration.ofDays(period.get(ChronoUnit.DAYS));
            if (time >= 0) {
                rest = rest.plus(Duration.parse("P" + text.substring(time)));
            }
            return new TermLength(Math.toIntExact(period.toTotalMonths()), rest);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw refused(text, e);
        }
    }

    private static IllegalArgumentException refused(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("expected a length like P1095D or P3Y, found \"" + text + "\"", cause);
    }
}

package org.physionet.provisioner.adapters.gcp.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An end that the provider enforces: the condition of an entry (facts/gcp.md 1, "Conditions and expiry"). Ends are starts
 * of months, so that a policy has one binding for each month and not for each person.
 */
public record Lease(Instant end) {
    private static final String MARK = "provisioner lease";
    private static final Pattern EXPRESSION =
            Pattern.compile("\\s*request\\.time\\s*<\\s*timestamp\\(\\s*([\"'])([^\"']+)\\1\\s*\\)\\s*");

    public String title() {
        return MARK + " until "
                + DateTimeFormatter.ofPattern("uuuu-MM")
                        .withZone(ZoneOffset.UTC)
                        .format(end);
    }

    public String expression() {
        return "request.time < timestamp(\"" + end + "\")";
    }

    /** Whether a condition carries our mark; anybody else's is foreign. */
    public static boolean isOurs(@Nullable String title) {
        return title != null && title.startsWith(MARK);
    }

    /** The form of an entry of the reader's role under a condition. */
    public static Entry.Form form(@Nullable String title, @Nullable String expression) {
        if (!isOurs(title)) {
            return Entry.Form.OTHER;
        }
        return end(expression).isPresent() ? Entry.Form.LEASE : Entry.Form.CHANGED_LEASE;
    }

    /** When an entry under our condition ends; empty: the condition says something else. */
    public static Optional<Instant> end(@Nullable String expression) {
        Matcher matcher = EXPRESSION.matcher(expression == null ? "" : expression);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(matcher.group(2)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The soonest start of a month after an instant at which access must still hold: up, never down. */
    public static Instant roundedUp(Instant last) {
        return YearMonth.from(last.atZone(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}

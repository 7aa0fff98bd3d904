package org.physionet.provisioner.simulator.aws.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The comparisons of condition operators. A value that can not be read as what the operator compares matches nothing. */
final class Compare {
    private Compare() {}

    /** Wildcards are plain characters here. */
    static boolean text(Glob policy, String request) {
        return policy.text().equals(request);
    }

    static boolean textIgnoringCase(Glob policy, String request) {
        return policy.text().equalsIgnoreCase(request);
    }

    /** Each of the six parts by itself, with wildcards; {@code ArnEquals} and {@code ArnLike} behave identically. */
    static boolean arn(Glob policy, String request) {
        String[] parts = request.split(":", 6);
        List<Glob> patterns = policy.arnParts();
        if (parts.length != 6 || patterns.size() != 6) {
            return false;
        }
        for (int i = 0; i < 6; i++) {
            if (!patterns.get(i).matches(parts[i])) {
                return false;
            }
        }
        return true;
    }

    static boolean address(Glob policy, String request) {
        return AddressRange.parse(policy.text())
                .map(range -> range.contains(request))
                .orElse(false);
    }

    /** @param sign asked with the sign of request compared to policy */
    static boolean number(Glob policy, String request, IntPredicate sign) {
        try {
            return sign.test(new BigDecimal(request.trim())
                    .compareTo(new BigDecimal(policy.text().trim())));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** @param sign asked with the sign of request compared to policy */
    static boolean date(Glob policy, String request, IntPredicate sign) {
        return instant(request)
                .flatMap(r -> instant(policy.text()).map(p -> sign.test(r.compareTo(p))))
                .orElse(false);
    }

    /** ISO 8601, a date alone, or seconds since 1970. */
    private static Optional<Instant> instant(String text) {
        String trimmed = text.trim();
        try {
            if (trimmed.matches("\\d{1,12}")) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(trimmed)));
            }
            if (trimmed.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return Optional.of(Instant.parse(trimmed + "T00:00:00Z"));
            }
            return Optional.of(OffsetDateTime.parse(trimmed).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

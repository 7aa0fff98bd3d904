package org.physionet.provisioner.app.cli;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, as a person reads it. Never holds a secret.
 *
 * @param what the thing and what is wrong with it, in one line
 * @param where file, line or field; null if the command line itself is meant
 * @param expected what would have been right
 * @param found what was there instead
 * @param next the next step
 */
public record Problem(
        String what,
        @Nullable String where,
        @Nullable String expected,
        @Nullable String found,
        @Nullable String next) {
    public static Problem of(String what) {
        return new Problem(what, null, null, null, null);
    }

    public Problem at(@Nullable String place) {
        return new Problem(what, place, expected, found, next);
    }

    public Problem expected(@Nullable String expectation) {
        return new Problem(what, where, expectation, found, next);
    }

    public Problem found(@Nullable String finding) {
        return new Problem(what, where, expected, finding, next);
    }

    public Problem next(@Nullable String step) {
        return new Problem(what, where, expected, found, step);
    }

    /** All parts, one a line, the first without a label. */
    public String text() {
        StringBuilder text = new StringBuilder(what);
        line(text, "where", where);
        line(text, "expected", expected);
        line(text, "found", found);
        line(text, "next", next);
        return text.toString();
    }

    private static void line(StringBuilder text, String label, @Nullable String value) {
        if (value != null) {
            text.append("\n  %-9s ".formatted(label + ":")).append(value);
        }
    }
}

package org.physionet.provisioner.app.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One measured number.
 *
 * @param name what it is, e.g. {@code median of 10}
 * @param unit e.g. {@code ms}
 * @param limit what it must stay under, in the same unit; empty where nothing was promised
 */
public record Figure(String name, double value, String unit, OptionalDouble limit) {
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, OptionalDouble.empty());
    }

    public static Figure under(double limit, String name, double value, String unit) {
        return new Figure(name, value, unit, OptionalDouble.of(limit));
    }

    /** Whether the promise is kept; true where there is none. */
    public boolean kept() {
        return limit.isEmpty() || value < limit.getAsDouble();
    }

    @Override
    public String toString() {
        String measured = String.format(Locale.ROOT, "%-32s %,12.1f %s", name, value, unit);
        if (limit.isEmpty()) {
            return measured;
        }
        String promise = String.format(Locale.ROOT, "promised: under %,.1f %s", limit.getAsDouble(), unit);
        return measured + "   " + promise + (kept() ? "" : ", MISSED");
    }
}

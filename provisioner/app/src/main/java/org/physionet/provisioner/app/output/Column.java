package org.physionet.provisioner.app.output;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One column of an answer, for every format.
 *
 * @param key in JSON and the head of CSV, camel case
 * @param shown in which formats
 * @param whole whether a table must not break its cells: names that people copy, and numbers
 * @param value text, number, flag, instant, list of texts or {@link Fields}; null: none
 */
public record Column<T>(String key, Shown shown, boolean whole, Function<T, @Nullable Object> value) {
    /** In which formats a column appears. */
    public enum Shown {
        EVERYWHERE,
        /** Not in tables. */
        FOR_MACHINES,
        /** Not in tables and CSV, and left out of JSON where there is no value. */
        IN_JSON_IF_ANY,
        /** A part of something that JSON has as a whole. */
        IN_CSV,
        /** It has parts, which neither tables nor CSV can take. */
        IN_JSON
    }

    public static <T> Column<T> text(String key, Function<T, @Nullable String> value) {
        return new Column<>(key, Shown.EVERYWHERE, false, value::apply);
    }

    /** A name that commands take, such as a hold's. */
    public static <T> Column<T> id(String key, Function<T, @Nullable String> value) {
        return new Column<>(key, Shown.EVERYWHERE, true, value::apply);
    }

    public static <T> Column<T> number(String key, ToLongFunction<T> value) {
        return new Column<>(key, Shown.EVERYWHERE, true, value::applyAsLong);
    }

    /** A number that may be unknown. */
    public static <T> Column<T> maybe(String key, Function<T, @Nullable Long> value) {
        return new Column<>(key, Shown.EVERYWHERE, true, value::apply);
    }

    public static <T> Column<T> flag(String key, Predicate<T> value) {
        return new Column<>(key, Shown.EVERYWHERE, false, value::test);
    }

    public static <T> Column<T> instant(String key, Function<T, @Nullable Instant> value) {
        return new Column<>(key, Shown.EVERYWHERE, false, value::apply);
    }

    public static <T> Column<T> texts(String key, Function<T, Collection<String>> value) {
        return new Column<>(key, Shown.EVERYWHERE, false, row -> List.copyOf(value.apply(row)));
    }

    public static <T> Column<T> object(String key, Function<T, @Nullable Fields> value) {
        return new Column<>(key, Shown.IN_JSON, false, value::apply);
    }

    /** The same, left out of tables. */
    public Column<T> hidden() {
        return new Column<>(key, Shown.FOR_MACHINES, whole, value);
    }

    /** The same, in JSON only, and only where there is a value. */
    public Column<T> ifAny() {
        return new Column<>(key, Shown.IN_JSON_IF_ANY, whole, value);
    }

    /** The same, in CSV only: a part of what JSON has as a whole. */
    public Column<T> inCsvOnly() {
        return new Column<>(key, Shown.IN_CSV, whole, value);
    }

    boolean inTable() {
        return shown == Shown.EVERYWHERE;
    }

    boolean inCsv() {
        return shown == Shown.EVERYWHERE || shown == Shown.FOR_MACHINES || shown == Shown.IN_CSV;
    }

    void putInto(Fields fields, T row) {
        if (shown == Shown.IN_CSV) {
            return;
        }
        Object of = value.apply(row);
        if (of != null || shown != Shown.IN_JSON_IF_ANY) {
            fields.put(key, of);
        }
    }

    /** {@code expiresAt} as {@code EXPIRES AT}. */
    public String heading() {
        return key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
    }
}

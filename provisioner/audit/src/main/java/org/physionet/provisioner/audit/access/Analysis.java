package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;

/**
 * Questions about accesses, on whatever engine they lie. Statements are written once, in the subset of SQL that all engines share; a table
 * stands in them as {@code {name}}. The accesses themselves are the table {@code {access}}.
 */
public final class Analysis {
    public static final long DAY = 86_400_000_000L;
    public static final long HOUR = 3_600_000_000L;
    private static final Pattern TABLE = Pattern.compile("\\{([a-z_]+)}");

    private final SqlEngine engine;
    private final String access;

    /** @param access how statements name the accesses, quoted as the engine wants it */
    public Analysis(SqlEngine engine, String access) {
        this.engine = engine;
        this.access = access;
    }

    /**
     * The accesses of a span that lie in a table of the engine with the columns of {@link Accesses#COLUMNS}, each once, however often
     * its log was delivered.
     *
     * @param source as the engine names the table
     * @param since included
     * @param until included
     * @param provider whose logs; null: all
     * @throws IllegalArgumentException if the table's name can not be one
     */
    public static Analysis of(
            SqlEngine engine, String source, Instant since, Instant until, @Nullable String provider) {
        Analysis analysis = new Analysis(engine, engine.table("span"));
        String columns = Arrays.stream(Accesses.COLUMNS.split(", "))
                .map(column -> "x." + column.substring(0, column.indexOf(' ')))
                .collect(Collectors.joining(", "));
        analysis.keep(
                "span",
                "select " + columns + " from (select a.*, row_number() over (partition by a.log, a.id"
                        + " order by a.file, a.line) as copy_no from " + engine.foreign(source)
                        + " a where a.moment >= "
                        + engine.timestamp(micros(since)) + " and a.moment <= " + engine.timestamp(micros(until))
                        + (provider == null ? "" : " and a.provider = '" + provider.replace("'", "''") + "'")
                        + ") x where x.copy_no = 1");
        return analysis;
    }

    /** One line of an answer. Columns count from 1. */
    public record Row(List<@Nullable String> values) {
        public @Nullable String text(int column) {
            return values.get(column - 1);
        }

        /** @throws IllegalStateException if there is none */
        public String required(int column) {
            String text = text(column);
            if (text == null) {
                throw new IllegalStateException("expected a value in column " + column + " of " + values);
            }
            return text;
        }

        /** Null: none. */
        public @Nullable Long whole(int column) {
            String text = text(column);
            return text == null ? null : (Long) Long.parseLong(text);
        }

        /** 0: none. */
        public long number(int column) {
            String text = text(column);
            return text == null ? 0 : Long.parseLong(text);
        }

        /** False: none. */
        public boolean flag(int column) {
            return Boolean.parseBoolean(text(column));
        }

        /** Of microseconds since 1970. */
        public @Nullable Instant instant(int column) {
            Long micros = whole(column);
            return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        }
    }

    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** In microseconds since 1970, whatever the engine's columns are. */
    public String micros(String timestamp) {
        return engine.micros(timestamp);
    }

    /** See {@link SqlEngine#fingerprint}. */
    public String fingerprint(String text) {
        return engine.fingerprint(text);
    }

    /** See {@link SqlEngine#ordinal}. */
    public String ordinal(String timestamp, String text) {
        return engine.ordinal(engine.micros(timestamp), text);
    }

    /** See {@link SqlEngine#repeated}. */
    public void repeated(String name, String select) {
        try {
            engine.repeated(name, written(select));
        } catch (IOException e) {
            throw new LogException("a statement failed: " + e.getMessage(), e);
        }
    }

    /** See {@link SqlEngine#oneOf}. */
    public String oneOf(String name, String text) {
        return engine.oneOf(name, text);
    }

    /** Makes a table of given rows: texts, whole numbers, flags, instants or null. */
    public void load(String table, List<Column> columns, List<List<@Nullable Object>> rows) {
        try {
            engine.load(table, columns, rows.stream().map(Analysis::plain).toList());
        } catch (IOException e) {
            throw new LogException("table " + table + " can not be written: " + e.getMessage(), e);
        }
    }

    private static List<@Nullable Object> plain(List<@Nullable Object> row) {
        List<@Nullable Object> plain = new ArrayList<>(row);
        plain.replaceAll(value -> value instanceof Instant instant ? (Object) micros(instant) : value);
        return plain;
    }

    /** Makes a table of what a statement finds. */
    public void keep(String table, String select) {
        try {
            engine.keep(table, written(select));
        } catch (IOException e) {
            throw new LogException("a statement failed: " + e.getMessage(), e);
        }
    }

    /** See {@link SqlEngine#keepBeside}. */
    public void keepBeside(String table, String select) {
        try {
            engine.keepBeside(table, access, part -> written(select, part));
        } catch (IOException e) {
            throw new LogException("a statement failed: " + e.getMessage(), e);
        }
    }

    public void each(String select, Consumer<Row> rows) {
        try {
            engine.each(written(select), values -> rows.accept(new Row(values)));
        } catch (IOException e) {
            throw new LogException("a question failed: " + e.getMessage(), e);
        }
    }

    /** The one number that a statement finds. */
    public long count(String select) {
        long[] count = {0};
        each(select, row -> count[0] = row.number(1));
        return count[0];
    }

    /** As the engine wants it. */
    public String written(String select) {
        return written(select, access);
    }

    private String written(String select, String accesses) {
        return TABLE.matcher(select)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals("access") ? accesses : engine.table(found.group(1))));
    }
}

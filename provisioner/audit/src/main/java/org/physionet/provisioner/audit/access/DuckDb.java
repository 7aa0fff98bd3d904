package org.physionet.provisioner.audit.access;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.SqlEngine;

/** The embedded engine's words, over the tables of {@link Accesses}, which closes it. */
final class DuckDb implements SqlEngine {
    private static final long PART = 4_000_000;

    private final Accesses accesses;
    private final long part;

    DuckDb(Accesses accesses) {
        this(accesses, PART);
    }

    /** @param part how many accesses at most are put into a table at once, or those of one day */
    DuckDb(Accesses accesses, long part) {
        this.accesses = accesses;
        this.part = part;
    }

    @Override
    public String table(String name) {
        return name;
    }

    @Override
    public String foreign(String path) {
        return '"' + path.replace("\"", "\"\"") + '"';
    }

    @Override
    public String micros(String timestamp) {
        return "epoch_us(" + timestamp + ")";
    }

    @Override
    public String timestamp(long micros) {
        return "make_timestamp(" + micros + ")";
    }

    @Override
    public String fingerprint(String text) {
        // Of null there is a hash here, and none elsewhere.
        return "nullif(hash(" + text + "), hash(null::varchar))";
    }

    @Override
    public String ordinal(String micros, String text) {
        return "(" + micros + "::hugeint * 18446744073709551616 + hash(" + text + ")::hugeint)";
    }

    /** As an enumeration, which is a number where it is stored. */
    @Override
    public void repeated(String name, String select) {
        accesses.run("drop type if exists " + name);
        // A type needs a value; nothing is ever called by this one.
        accesses.run("create type " + name + " as enum (select distinct coalesce(v, '') as v from (" + select
                + " union all select '') t(v) order by v)");
    }

    @Override
    public String oneOf(String name, String text) {
        return text + "::" + name;
    }

    @Override
    public void load(String name, List<Column> columns, Iterable<List<@Nullable Object>> rows) {
        List<String> types = new ArrayList<>();
        columns.forEach(column -> types.add(column.name()
                + switch (column.type()) {
                    case TEXT -> " varchar";
                    case NUMBER -> " bigint";
                    case FLAG -> " boolean";
                }));
        accesses.run("drop table if exists " + name);
        accesses.run("create table " + name + " (" + String.join(", ", types) + ")");
        try (Accesses.Batch batch = accesses.appendTo(name)) {
            rows.forEach(row -> batch.row(row.toArray()));
        }
    }

    @Override
    public void keep(String name, String select) {
        accesses.run("drop table if exists " + name);
        accesses.run("create table " + name + " as " + select);
    }

    /**
     * By days, for a table takes memory in proportion to what is put into it at once. Taken for the smaller side of the joins, which the
     * engine guesses, the accesses would all be held in memory.
     */
    @Override
    public void keepBeside(String name, String large, UnaryOperator<String> select) {
        accesses.run("set disabled_optimizers = 'build_side_probe_side'");
        Iterator<String> parts = parts(large).iterator();
        keep(name, select.apply(parts.next()));
        parts.forEachRemaining(part -> accesses.run("insert into " + name + " " + select.apply(part)));
        accesses.run("reset disabled_optimizers");
    }

    private List<String> parts(String large) {
        List<String> parts = new ArrayList<>();
        String[] from = {"-infinity"};
        long[] rows = {0};
        accesses.each(
                "select cast(cast(moment as date) as varchar), count(*) from " + large + " group by 1 order by 1",
                day -> {
                    if (rows[0] > 0 && rows[0] + day.getLong(2) > part) {
                        parts.add(part(large, from[0], day.getString(1)));
                        from[0] = day.getString(1);
                        rows[0] = 0;
                    }
                    rows[0] += day.getLong(2);
                });
        parts.add(part(large, from[0], "infinity"));
        return parts;
    }

    private static String part(String large, String from, String until) {
        return "(select * from " + large + " where moment >= timestamp '" + from + "' and moment < timestamp '" + until
                + "')";
    }

    @Override
    public void each(String select, Consumer<List<@Nullable String>> rows) {
        accesses.each(select, row -> {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                Object value = row.getObject(i);
                values.add(value == null ? null : value.toString());
            }
            rows.accept(values);
        });
    }

    @Override
    public void close() {
        // The tables go with the database.
    }
}

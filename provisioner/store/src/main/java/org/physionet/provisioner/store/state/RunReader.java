package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** Reads runs back. */
public final class RunReader {
    private static final String RUNS =
            "select r.id, r.started_by, a.value, r.on_behalf_of is not null, b.value, r.started_at, r.fingerprint, r.ended_at,"
                    + " r.exit_code from run r join identity a on a.id = r.actor left join identity b on b.id = r.on_behalf_of";

    private final Map<String, Map<String, Map<String, Integer>>> counts = new HashMap<>();
    private final Map<String, List<String>> problems = new HashMap<>();

    private RunReader() {}

    public static List<RunRecord> newest(Sql sql, int limit) throws SQLException {
        return read(sql, " order by r.started_at desc, r.id desc limit ?", limit);
    }

    public static Optional<RunRecord> one(Sql sql, RunId run) throws SQLException {
        return read(sql, " where r.id = ?", run.value()).stream().findFirst();
    }

    /** The newest that a trigger started. */
    public static Optional<RunRecord> newestBy(Sql sql, String trigger, boolean ended) throws SQLException {
        String which = " where r.id = (select n.id from run n where n.started_by = ?"
                + (ended ? " and n.ended_at is not null" : "") + " order by n.started_at desc, n.id desc limit 1)";
        return read(sql, which, trigger).stream().findFirst();
    }

    private static List<RunRecord> read(Sql sql, String which, Object argument) throws SQLException {
        RunReader reader = new RunReader();
        Collection<String> runs = sql.list("select r.id from run r" + which, row -> row.text(1), argument);
        sql.eachIn(
                "select run, topic, name, amount from run_count where run in " + Sql.VALUES,
                runs,
                row -> reader.counts
                        .computeIfAbsent(row.text(1), r -> new HashMap<>())
                        .computeIfAbsent(row.text(2), t -> new TreeMap<>())
                        .put(row.text(3), row.integer(4)));
        sql.eachIn(
                "select p.run, t.value from run_problem p join identity t on t.id = p.problem where p.run in "
                        + Sql.VALUES + " order by p.run, p.position",
                runs,
                row -> reader.problems
                        .computeIfAbsent(row.text(1), r -> new ArrayList<>())
                        .add(Erasure.shown(row.textOrNull(2))));
        return sql.list(RUNS + which, reader::run, argument);
    }

    private RunRecord run(Row row) throws SQLException {
        return new RunRecord(
                new RunId(row.text(1)),
                row.text(2),
                Erasure.shown(row.textOrNull(3)),
                row.flag(4) ? Erasure.shown(row.textOrNull(5)) : null,
                row.instant(6),
                row.textOrNull(7),
                end(row));
    }

    private RunRecord.@Nullable End end(Row row) throws SQLException {
        Instant at = row.instantOrNull(8);
        if (at == null) {
            return null;
        }
        Map<String, Map<String, Integer>> of = counts.getOrDefault(row.text(1), Map.of());
        return new RunRecord.End(
                at,
                row.integer(9),
                of.getOrDefault(Runs.PREDICTED, Map.of()),
                of.getOrDefault(Runs.ACTUAL, Map.of()),
                of.getOrDefault(Runs.OUTCOME, Map.of()),
                of.getOrDefault(Runs.SUMMARY, Map.of()),
                problems.getOrDefault(row.text(1), List.of()));
    }
}

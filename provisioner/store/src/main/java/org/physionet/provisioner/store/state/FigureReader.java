package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;
import org.physionet.provisioner.store.state.Figures.CallCount;
import org.physionet.provisioner.store.state.Figures.PlaceCount;
import org.physionet.provisioner.store.state.Figures.RunCount;

/** Counts in the database, so that a scrape costs no more memory at a large site. */
public final class FigureReader {
    private static final String EDGES =
            "select r.provider, r.layout, count(*) from edge e join resource r on r.id = e.resource" + " where ";
    private static final String BY_PLACE = " group by r.provider, r.layout order by r.provider, r.layout";

    private FigureReader() {}

    public static Figures read(Sql sql, Instant clockSince, Instant overdueBefore) throws SQLException {
        return new Figures(
                sql.list(
                        // A decision's run is named after its finding: as a metric's label that would never end.
                        "select case when started_by like 'drift %' then 'drift' else started_by end,"
                                + " coalesce(cast(exit_code as text), 'none'), count(*) from run"
                                + " group by 1, 2 order by 1, 2",
                        row -> new RunCount(row.text(1), row.text(2), row.number(3))),
                edges(sql, "not e.adopted and e.first_proven_at is not null"),
                edges(sql, "e.closed_as = 'revoked'"),
                ClockReader.read(sql, clockSince),
                edges(sql, "e.closed_at is null and e.revoke_detected_at is not null"),
                edges(sql, "e.closed_at is null and e.revoke_detected_at < ?", overdueBefore),
                sql.first(
                        "select min(revoke_detected_at) from edge where closed_at is null"
                                + " having min(revoke_detected_at) is not null",
                        row -> row.instant(1)),
                one(sql, "select count(*) from guard_case where state = 'open'"),
                one(sql, "select count(*) from guard_case where state = 'deferred'"),
                one(sql, "select count(*) from quarantine where ended_at is null"),
                one(sql, "select count(*) from hold where lifted_at is null"),
                sql.list(
                        "select name, sum(amount) from run_count where topic = ? group by name order by name",
                        FigureReader::call,
                        Runs.OUTCOME),
                one(sql, "select seq from ledger_head"),
                sql.first(
                        "select max(taken_at) from source_counts having max(taken_at) is not null",
                        row -> row.instant(1)),
                CanaryReader.last(sql));
    }

    public static Overdue overdue(Sql sql, Instant before) throws SQLException {
        return sql.first(
                        "select count(*), min(revoke_detected_at) from edge where closed_at is null and revoke_detected_at < ?"
                                + " having count(*) > 0",
                        row -> new Overdue(row.number(1), Optional.of(row.instant(2))),
                        before)
                .orElse(new Overdue(0, Optional.empty()));
    }

    private static List<PlaceCount> edges(Sql sql, String which, @Nullable Object... arguments) throws SQLException {
        return sql.list(
                EDGES + which + BY_PLACE, row -> new PlaceCount(row.text(1), row.text(2), row.number(3)), arguments);
    }

    private static CallCount call(Row row) throws SQLException {
        String name = row.text(1);
        int space = name.lastIndexOf(' ');
        return new CallCount(name.substring(0, space), name.substring(space + 1), row.number(2));
    }

    private static long one(Sql sql, String query) throws SQLException {
        return sql.first(query, row -> row.number(1)).orElse(0L);
    }

    public static Optional<Instant> nextEnd(Sql sql, Instant after) throws SQLException {
        return sql.first(
                "select min(at) from ("
                        + "select min(h.expires_at) as at from holding h join edge e on e.id = h.edge"
                        + " where h.to_at is null and e.closed_at is null and h.expires_at >= ?"
                        + " union all select min(until_at) from hold where lifted_at is null and until_at >= ?"
                        + " union all select min(retry_at) from quarantine where ended_at is null and retry_at >= ?"
                        + " union all select min(deferred_until) from guard_case where state = 'deferred' and deferred_until >= ?"
                        + ") as ends having min(at) is not null",
                row -> row.instant(1),
                after,
                after,
                after,
                after);
    }
}

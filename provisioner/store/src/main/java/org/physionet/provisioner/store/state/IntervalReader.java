package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;
import org.physionet.provisioner.engine.store.AccessQueries.Rested;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Micros;
import org.physionet.provisioner.store.sql.Sql;

/** The lives of edges, with what they rested on. */
public final class IntervalReader {
    private static final String THERE =
            " e.since_at <= ? and (e.closed_at is null or e.closed_at >= ?) and (e.closed_as is null or e.closed_as <> 'refused')";

    private IntervalReader() {}

    public static List<Interval> between(Sql sql, Instant since, Instant until) throws SQLException {
        long from = Micros.of(since);
        long to = Micros.of(until);
        Map<Integer, List<Rested>> rested = new HashMap<>();
        sql.each(
                "select h.edge, r.value, u.value, h.dataset, h.basis, h.from_at, h.to_at"
                        + " from edge e join holding h on h.edge = e.id join identity r on r.id = h.researcher"
                        + " left join person n on n.researcher = h.researcher left join identity u on u.id = n.username"
                        + " where" + THERE + " order by h.edge, h.from_at",
                row -> rested.computeIfAbsent(row.integer(1), _ -> new ArrayList<>())
                        .add(new Rested(
                                row.textOrNull(2),
                                row.textOrNull(3),
                                row.text(4),
                                row.text(5),
                                row.instant(6),
                                row.instantOrNull(7))),
                to,
                from);
        List<Interval> intervals = new ArrayList<>();
        sql.each(
                "select e.id, s.location, p.value, p.spelling,"
                        // The intention stands before the call, and what is granted is granted during the call.
                        + " case when e.intended_at < e.since_at then e.intended_at else e.since_at end, e.closed_at, e.adopted"
                        + " from edge e join resource s on s.id = e.resource join identity p on p.id = e.principal where"
                        + THERE + " order by e.id",
                row -> {
                    String value = row.textOrNull(3);
                    intervals.add(new Interval(
                            row.text(2),
                            value == null ? null : Principals.of(value, row.textOrNull(4)),
                            row.instant(5),
                            row.instantOrNull(6),
                            row.flag(7),
                            rested.getOrDefault(row.integer(1), List.of())));
                },
                to,
                from);
        return intervals;
    }
}

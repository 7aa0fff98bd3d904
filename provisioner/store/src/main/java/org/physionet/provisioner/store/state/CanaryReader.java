package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.engine.store.RunRecord.CanaryTime;
import org.physionet.provisioner.store.sql.Sql;

/** Reads what the canaries last measured. */
public final class CanaryReader {
    private static final String MEASURED =
            "select c.name, c.amount, r.ended_at from run r join run_count c on c.run = r.id and c.topic = ?"
                    + " where r.started_by = 'canary' and r.ended_at is not null";

    private CanaryReader() {}

    /** Everything that was measured at or after an instant. */
    static List<CanaryFigure> since(Sql sql, Instant since) throws SQLException {
        List<CanaryFigure> all = new ArrayList<>();
        sql.each(
                MEASURED + " and r.ended_at >= ?",
                row -> {
                    Instant at = row.instant(3);
                    CanaryTime.of(row.text(1), row.integer(2)).ifPresent(time -> all.add(new CanaryFigure(time, at)));
                },
                Runs.SUMMARY,
                since);
        return all;
    }

    /** Of each resource its last measurement that came to something, ordered by resource, shard and effect. */
    public static List<CanaryFigure> last(Sql sql) throws SQLException {
        Map<String, Instant> newest = new HashMap<>();
        List<CanaryFigure> all = new ArrayList<>();
        List<Count> counts = sql.list(
                MEASURED + " order by r.ended_at desc, r.id desc",
                row -> new Count(row.text(1), row.integer(2), row.instant(3)),
                Runs.SUMMARY);
        for (Count count : counts) {
            CanaryTime.of(count.name(), count.amount())
                    .filter(time -> newest.computeIfAbsent(time.resource(), r -> count.at())
                            .equals(count.at()))
                    .ifPresent(time -> all.add(new CanaryFigure(time, count.at())));
        }
        all.sort(null);
        return all;
    }

    private record Count(String name, int amount, Instant at) {}
}

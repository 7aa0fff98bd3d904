package org.physionet.provisioner.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.engine.pacing.Meter;
import org.physionet.provisioner.engine.pacing.Meters;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.sql.Row;

/** Meters in the record, for all who work at the site, in whatever process. They decide nothing about anybody: the ledger does not tell them. */
public final class SqlMeters implements Meters {
    private static final double MILLION = 1e6;

    /** Booked at once is what goes in a quarter of a second, which is a question each time, and no more than these. */
    private static final int MOST_AHEAD = 10;

    private static final double PART_OF_A_SECOND = 0.25;

    private final Database database;

    SqlMeters(Database database) {
        this.database = database;
    }

    @Override
    public Meter change(String budget, Instant now, UnaryOperator<Meter> change) {
        return database.write(sql -> {
            // The row is this transaction's from here on, whether it was there or not.
            sql.update(
                    "insert into budget_meter (name, paid_until, share, changed_at) values (?, ?, ?, ?)"
                            + " on conflict (name) do update set name = excluded.name",
                    budget,
                    now,
                    millionths(1),
                    now);
            Meter known = sql.first(
                            "select paid_until, share, changed_at from budget_meter where name = ?",
                            SqlMeters::meter,
                            budget)
                    .orElseThrow();
            Meter next = change.apply(known);
            sql.update(
                    "update budget_meter set paid_until = ?, share = ?, changed_at = ? where name = ?",
                    next.paidUntil(),
                    millionths(next.share()),
                    next.changed(),
                    budget);
            return next;
        });
    }

    @Override
    public int ahead(double perSecond) {
        return bookedAhead(perSecond);
    }

    /** See {@link #ahead}; it takes no record to know. */
    public static int bookedAhead(double perSecond) {
        return Math.clamp(Math.round(perSecond * PART_OF_A_SECOND), 1, MOST_AHEAD);
    }

    private static long millionths(double share) {
        return Math.round(share * MILLION);
    }

    private static Meter meter(Row row) throws SQLException {
        return new Meter(row.instant(1), row.number(2) / MILLION, row.instant(3));
    }
}

package org.physionet.provisioner.audit.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;

/**
 * Accesses of one kind by one principal at one resource, from table {@code seen}.
 *
 * @param bytes 0 where no log says
 * @param number of the first one, see {@link Moments}; null: no access, but something that the record tells
 */
record Group(
        @Nullable String key,
        @Nullable String principal,
        @Nullable String resource,
        Instant first,
        Instant last,
        long count,
        long bytes,
        @Nullable String number) {
    /** The columns that {@link #of} reads, for accesses under the name {@code s}; further ones may follow from 9. */
    static final String COLUMNS =
            " s.who_key, arg_min_null(s.principal, s.n), s.resource, min(s.moment), max(s.moment), count(*),"
                    + " coalesce(sum(s.bytes), 0)::bigint, min(s.n)";

    static final String BY = " group by s.who_key, s.resource";

    /** Where many principals are one group. */
    static final String NOBODYS = COLUMNS.replace("s.who_key, arg_min_null(s.principal, s.n)", "null, null");

    static Group of(ResultSet row) throws SQLException {
        return new Group(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Objects.requireNonNull(Accesses.instant(row, 4)),
                Objects.requireNonNull(Accesses.instant(row, 5)),
                row.getLong(6),
                row.getLong(7),
                row.getString(8));
    }

    String times() {
        return count == 1 ? "once, at " + first : count + " times, from " + first + " to " + last;
    }
}

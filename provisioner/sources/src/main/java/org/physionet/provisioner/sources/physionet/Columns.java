package org.physionet.provisioner.sources.physionet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads single columns without the two traps of JDBC: a null number that reads as 0, and an infinite time. */
final class Columns {
    /** What a null code reads as: no code is negative. */
    static final int NO_CODE = -1;

    private Columns() {}

    static int code(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? NO_CODE : value;
    }

    static @Nullable Integer number(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Boolean flag(ResultSet row, int column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable String text(ResultSet row, int column) throws SQLException {
        return row.getString(column);
    }

    /**
     * To the microsecond, as PostgreSQL keeps it.
     *
     * @throws IllegalArgumentException if it is infinite, which no form of PhysioNet writes
     */
    static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        if (value == null) {
            return null;
        }
        if (value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)) {
            throw new IllegalArgumentException("expected a time, found infinity");
        }
        return value.toInstant();
    }
}

package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A table of things that belong to people, ordered by them, read alongside {@code user_user}: a merge join of streams.
 * The first column of the query is the person's id, the second the row's.
 */
final class RowsOfPeople implements AutoCloseable {
    private static final long END = Long.MAX_VALUE;
    private static final long NOBODY = Long.MAX_VALUE - 1;

    private final Rows rows;
    private final Findings findings;
    private final String personColumn;
    private long person;
    private boolean taken;

    RowsOfPeople(
            Connection connection,
            Progress progress,
            Findings findings,
            String table,
            String personColumn,
            String query)
            throws SQLException {
        rows = new Rows(connection, progress, table, query);
        this.findings = findings;
        this.personColumn = personColumn;
        advance();
    }

    /**
     * Moves on to the next row of this person; people must be asked for in ascending order. Rows of ids in between belong
     * to nobody, and are reported.
     */
    boolean nextOf(int user) throws SQLException {
        if (taken) {
            advance();
        }
        while (person < user) {
            reportStranger();
            advance();
        }
        taken = person == user;
        return taken;
    }

    /** Reports the rows that are left when all people have been read. */
    void finish() throws SQLException {
        if (taken) {
            advance();
        }
        while (person != END) {
            reportStranger();
            advance();
        }
    }

    ResultSet row() {
        return rows.row();
    }

    /** Reports the current row; gives back the text that a freeze can carry. */
    String bad(String column, String problem) throws SQLException {
        return findings.bad(rows.table(), rows.row().getInt(2), column, problem);
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private void advance() throws SQLException {
        taken = false;
        if (!rows.next()) {
            person = END;
            return;
        }
        int id = rows.row().getInt(1);
        // Nulls are last in PostgreSQL's order.
        person = rows.row().wasNull() ? NOBODY : id;
    }

    private void reportStranger() throws SQLException {
        bad(
                personColumn,
                "expected the id of a row of user_user, found " + (person == NOBODY ? "none" : Long.toString(person)));
    }
}

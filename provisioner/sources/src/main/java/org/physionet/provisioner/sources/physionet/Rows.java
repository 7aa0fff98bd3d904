package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One query's rows, fetched in portions, so that a big table never stands in memory as rows. */
final class Rows implements AutoCloseable {
    /** Rows a portion: big enough that round trips do not matter, small enough to keep seven streams open at once. */
    private static final int FETCH = 4_000;

    private final String table;
    private final Progress progress;
    private final PreparedStatement statement;
    private final ResultSet rows;

    /** Sends the query. Needs a connection without autocommit, else the driver reads everything at once. */
    Rows(Connection connection, Progress progress, String table, String query) throws SQLException {
        this.table = table;
        this.progress = progress;
        progress.at(table);
        statement = connection.prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            statement.setFetchSize(FETCH);
            rows = statement.executeQuery();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    boolean next() throws SQLException {
        progress.at(table);
        progress.row();
        return rows.next();
    }

    ResultSet row() {
        return rows;
    }

    String table() {
        return table;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}

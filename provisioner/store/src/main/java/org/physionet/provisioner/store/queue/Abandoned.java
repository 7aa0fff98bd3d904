package org.physionet.provisioner.store.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Work of instances that are known to be gone: due again at once, before their heartbeats are missed. */
final class Abandoned {
    private Abandoned() {}

    /**
     * Puts it back.
     *
     * @param isGone whether it is certain that an instance of this name is no more
     */
    static void putBack(DataSource connections, Predicate<String> isGone) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            boolean each = connection.getAutoCommit();
            for (String instance : atWork(connection)) {
                if (isGone.test(instance)) {
                    putBack(connection, instance);
                }
            }
            if (!each) {
                connection.commit();
            }
        }
    }

    private static List<String> atWork(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select distinct picked_by from job where picked_by is not null")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void putBack(Connection connection, String instance) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update job set picked = ?, picked_by = null, last_heartbeat = null, version = version + 1"
                        + " where picked_by = ?")) {
            statement.setBoolean(1, false);
            statement.setString(2, instance);
            statement.executeUpdate();
        }
    }
}

package org.physionet.provisioner.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The database behind the store's back. */
final class RawConnection {
    private RawConnection() {}

    static Connection to(StoreConfig config) throws SQLException {
        return switch (config) {
            case StoreConfig.Embedded embedded -> DriverManager.getConnection("jdbc:sqlite:" + embedded.file());
            case StoreConfig.Server server -> DriverManager.getConnection(server.url());
        };
    }

    static void execute(StoreConfig config, String... commands) throws SQLException {
        try (Connection connection = to(config);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}

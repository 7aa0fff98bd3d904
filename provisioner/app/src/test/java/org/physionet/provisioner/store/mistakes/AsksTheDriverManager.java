package org.physionet.provisioner.store.mistakes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Breaks the rule that a driver is asked for by its name. */
final class AsksTheDriverManager {
    private AsksTheDriverManager() {}

    static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }
}

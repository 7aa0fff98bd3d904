package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.sources.identity.GoogleAccounts;

/**
 * The stream of {@code environment_cloudidentity}: Google accounts that Health Data Nexus' research environment made for
 * its researchers. They are verified by being made, and one person has one.
 */
final class EnvironmentAccounts implements AutoCloseable {
    private final RowsOfPeople rows;

    EnvironmentAccounts(Connection connection, Progress progress, Findings findings) throws SQLException {
        rows = new RowsOfPeople(
                connection,
                progress,
                findings,
                "environment_cloudidentity",
                "user_id",
                "select user_id, id, email from environment_cloudidentity order by user_id, id");
    }

    List<CloudAccount> of(int user) throws SQLException {
        List<CloudAccount> accounts = new ArrayList<>(1);
        while (rows.nextOf(user)) {
            String email = rows.row().getString(3);
            accounts.add(GoogleAccounts.of(email == null ? "" : email, Map.of(), null));
        }
        return accounts;
    }

    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}

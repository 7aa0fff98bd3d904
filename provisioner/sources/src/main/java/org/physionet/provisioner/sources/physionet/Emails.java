package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stream of {@code user_associatedemail}: every address of a person, verified or not, for look-ups. */
final class Emails implements AutoCloseable {
    static final String QUERY = "select user_id, id, email from user_associatedemail order by user_id, id";

    private final RowsOfPeople rows;

    Emails(Connection connection, Progress progress, Findings findings) throws SQLException {
        rows = new RowsOfPeople(connection, progress, findings, "user_associatedemail", "user_id", QUERY);
    }

    /** @param primary {@code user_user.email}, added if the table lacks it */
    List<String> of(int user, @Nullable String primary) throws SQLException {
        List<String> emails = new ArrayList<>(2);
        while (rows.nextOf(user)) {
            String email = rows.row().getString(3);
            if (email == null || email.isEmpty()) {
                rows.bad("email", "expected an address, found none");
            } else {
                emails.add(email);
            }
        }
        if (primary != null && !primary.isEmpty() && !emails.contains(primary)) {
            emails.addFirst(primary);
        }
        return emails;
    }

    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}

package org.physionet.provisioner.store.sql;

import java.sql.SQLException;
import org.physionet.provisioner.engine.store.StoreException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a database's error means for a person: what, where, and the next step. The one place that knows error codes. */
public final class SqlFailures {
    private final String where;

    /** @param where the database in words, without secrets */
    public SqlFailures(String where) {
        this.where = where;
    }

    public StoreException of(String doing, SQLException failure) {
        String next = failure instanceof SQLiteException sqlite ? sqlite(sqlite) : postgresql(failure);
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return new StoreException("store " + where + ": could not " + doing + ": " + next + " (" + said + ")", failure);
    }

    /** Whether it failed because a table is not there. */
    public static boolean isMissingTable(StoreException failure) {
        return failure.getCause() instanceof SQLException cause
                && ("42P01".equals(cause.getSQLState())
                        || String.valueOf(cause.getMessage()).contains("no such table"));
    }

    /** Whether the server ended the connection, or it broke. */
    static boolean isLostConnection(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static String sqlite(SQLiteException failure) {
        SQLiteErrorCode code = failure.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            // The index beside the database can not grow: on a full disk even reading ends so
            // (sqlite.org/rescode.html).
            return "the disk is full, or the folder can not be written; free some space and try again";
        }
        // Extended codes carry their primary code in the low byte (sqlite.org/rescode.html).
        return switch (code.code & 0xff) {
            case 13 -> "the disk is full; free some space and try again";
            case 8 -> "it is read-only; make the file and its folder writable for this user, or use a reading command";
            case 5, 6 -> "another process has locked it for too long; wait for it to end, or stop it";
            case 14 -> "the file can not be opened; check that the folder exists and its permissions";
            case 10 ->
                "the disk reports an error; check the disk and the mount, then restore the last backup if need be";
            case 11, 26 -> "the file is damaged or no SQLite database; restore the last backup";
            case 3, 23 -> "permission was denied; check the file's owner and permissions";
            case 19 -> "what was to be recorded contradicts the record";
            default -> "the database refused it";
        };
    }

    private static String postgresql(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "53100" -> "the server's disk is full; free some space there and try again";
            case "53300" -> "the server has no connection left; raise max_connections or stop other clients";
            case "25006" ->
                "the transaction is read-only; use a user and a server that may write, or a reading command";
            case "42501" ->
                "this database user lacks the right; grant it (docs/reference/store.md), or use another user";
            case "42P01" -> "a table is missing; run \"provisioner migrate\"";
            case "55P03", "57014" -> "another process holds the record for too long; wait for it to end, or stop it";
            case "3D000" -> "the database does not exist; create it, or correct store.url";
            default -> byClass(state);
        };
    }

    private static String byClass(String state) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "57" -> "the server can not be reached; check that it runs and store.url";
            case "28" -> "the server refuses the login; check store.user and store.password";
            case "23" -> "what was to be recorded contradicts the record";
            default -> "the database refused it";
        };
    }
}

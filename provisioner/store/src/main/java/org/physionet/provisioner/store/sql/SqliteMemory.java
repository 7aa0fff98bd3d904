package org.physionet.provisioner.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.physionet.provisioner.engine.store.StoreException;
import org.sqlite.SQLiteConfig;

/** What a record reads like before there is one: the tables, in memory, empty. Nothing can be written. */
public final class SqliteMemory implements Database {
    private final Connection connection;
    private final SqlFailures failures;

    /** @param scripts what makes the tables */
    public SqliteMemory(String where, List<String> scripts) {
        failures = new SqlFailures(where);
        NativeLibrary.prefer();
        try {
            connection = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
            try (Statement statement = connection.createStatement()) {
                for (String script : scripts) {
                    statement.executeUpdate(script);
                }
            }
        } catch (SQLException e) {
            throw failures.of("prepare", e);
        }
    }

    @Override
    public synchronized <T> T read(Work<T> work) {
        try (Sql sql = new Sql(connection)) {
            return work.in(sql);
        } catch (SQLException e) {
            throw failures.of("read", e);
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        throw new StoreException("the store was opened for reading only; a writing command makes it", null);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failures.of("close", e);
        }
    }
}

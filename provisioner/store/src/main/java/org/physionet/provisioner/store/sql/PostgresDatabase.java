package org.physionet.provisioner.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.StoreException;

/** PostgreSQL through a small pool. Several processes may share one database. */
public final class PostgresDatabase implements Database {
    private static final int CONNECTIONS = 8;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LOCK_SECONDS = 30;

    private final HikariDataSource pool;
    private final boolean writable;
    private final SqlFailures failures;

    private PostgresDatabase(HikariDataSource pool, boolean writable, SqlFailures failures) {
        this.pool = pool;
        this.writable = writable;
        this.failures = failures;
    }

    /** @throws StoreException if it can not be reached */
    public static PostgresDatabase open(
            String url, @Nullable String user, @Nullable String password, boolean writable, String where) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setAutoCommit(false);
        config.addDataSourceProperty("ApplicationName", "provisioner");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        SqlFailures failures = new SqlFailures(where);
        try {
            return new PostgresDatabase(new HikariDataSource(config), writable, failures);
        } catch (HikariPool.PoolInitializationException e) {
            throw failures.of("connect", e.getCause() instanceof SQLException cause ? cause : new SQLException(e));
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        return in("read", "set transaction isolation level repeatable read, read only", work, false);
    }

    /** Read committed: writers wait for the ledger's head first, so each statement after that sees what those before did. */
    @Override
    public <T> T write(Work<T> work) {
        if (!writable) {
            throw new StoreException("the store was opened for reading only", null);
        }
        return in("write", "set local lock_timeout = '" + LOCK_SECONDS + "s'", work, true);
    }

    private <T> T in(String doing, String first, Work<T> work, boolean commit) {
        try (Connection connection = begin(first)) {
            try {
                T result;
                try (Sql sql = new Sql(connection)) {
                    result = work.in(sql);
                }
                if (commit) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw failures.of(doing, e);
        }
    }

    /** After a restart of the server the pool's connections are dead; nothing was done on one that fails here, so the next is tried. */
    private Connection begin(String first) throws SQLException {
        for (int attempt = 0; ; attempt++) {
            Connection connection = pool.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
                return connection;
            } catch (SQLException e) {
                connection.close();
                if (!SqlFailures.isLostConnection(e) || attempt == CONNECTIONS) {
                    throw e;
                }
            }
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is lost, so the server rolls back by itself; the first failure is the one to tell.
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}

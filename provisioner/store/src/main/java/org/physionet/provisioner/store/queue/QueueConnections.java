package org.physionet.provisioner.store.queue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.physionet.provisioner.store.StoreConfig;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Connections to the record's database for the queue alone: it never waits for one that a long transaction holds. */
final class QueueConnections {
    private static final int CONNECTIONS = 4;
    private static final int BUSY_MILLIS = 60_000;

    private QueueConnections() {}

    static HikariDataSource open(StoreConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("queue");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        switch (config) {
            case StoreConfig.Server server -> {
                pool.setJdbcUrl(server.url());
                pool.setUsername(server.user());
                pool.setPassword(server.password());
                pool.addDataSourceProperty("ApplicationName", "provisioner queue");
                pool.addDataSourceProperty("tcpKeepAlive", "true");
            }
            case StoreConfig.Embedded embedded -> {
                SQLiteConfig sqlite = new SQLiteConfig();
                sqlite.setBusyTimeout(BUSY_MILLIS);
                sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
                sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
                SQLiteDataSource file = new SQLiteDataSource(sqlite);
                file.setUrl("jdbc:sqlite:" + embedded.file());
                pool.setDataSource(file);
            }
        }
        return new HikariDataSource(pool);
    }
}

package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.sql.SqlFailures;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Real failures of real databases, provoked. */
class SqlFailuresTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void make() throws SQLException {
        file = folder.resolve("some.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            run(connection, "create table t (x text)");
        }
    }

    private static void run(Connection connection, String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private String told(String options, String... commands) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + options)) {
            SQLException failure = catchThrowableOfType(SQLException.class, () -> run(connection, commands));
            return new SqlFailures(file.toString()).of("write", failure).getMessage();
        }
    }

    @Test
    void a_full_disk_is_said_to_be_full() throws SQLException {
        assertThat(told("", "pragma max_page_count = 2", "insert into t values (zeroblob(100000))"))
                .contains(file.toString(), "the disk is full; free some space");
    }

    @Test
    void a_full_disk_on_which_even_reading_fails_is_no_reason_to_restore_a_backup() {
        SQLException failure = new SQLiteException("no room", SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);
        assertThat(new SqlFailures("some.db").of("read", failure).getMessage())
                .contains("the disk is full")
                .doesNotContain("backup");
    }

    @Test
    void a_read_only_file_is_said_to_be_read_only() throws SQLException {
        assertThat(told("?mode=ro", "insert into t values (1)"))
                .contains("it is read-only; make the file and its folder writable");
    }

    @Test
    void a_file_that_another_process_locks_is_said_to_be_locked() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            run(other, "begin immediate");
            assertThat(told("", "pragma busy_timeout = 1", "insert into t values (1)"))
                    .contains("another process has locked it for too long; wait for it to end, or stop it");
        }
    }

    @Test
    void a_server_database_that_goes_away_is_said_to_be_away_and_works_again_when_it_is_back() {
        StoreConfig.Server config = (StoreConfig.Server) Backend.POSTGRESQL.fresh();
        String name = config.url().replaceFirst(".*/([a-z0-9]+).*", "$1");
        try (SqlStore store = Backend.open(config)) {
            Sample.begin(store);
            Backend.PostgresServer.execute("alter database " + name + " with allow_connections false");
            Backend.PostgresServer.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
            assertThatThrownBy(() -> Sample.grantAda(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(config.where());
            Backend.PostgresServer.execute("alter database " + name + " with allow_connections true");
            Sample.grantAda(store);
            assertThat(store.view().edges()).hasSize(1);
        }
    }
}

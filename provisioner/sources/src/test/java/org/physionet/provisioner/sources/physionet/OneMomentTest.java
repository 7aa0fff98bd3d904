package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.physionet.provisioner.engine.source.Snapshot;

/** A snapshot is the database as of one moment, however long reading takes and however the database is set up. */
class OneMomentTest {
    @Test
    @Timeout(60)
    void whatIsCommittedWhileReadingIsNotInTheSnapshot() throws Exception {
        TestDatabase database = TestDatabase.small();
        Snapshot before = database.read();
        try (Connection writing = database.connect();
                Statement write = writing.createStatement();
                Connection watching = database.connect();
                Statement watch = watching.createStatement()) {
            writing.setAutoCommit(false);
            // Reading has begun, and stops at this table until the writer commits.
            write.execute("lock table project_dataaccessrequest in access exclusive mode");
            CompletableFuture<Snapshot> reading = CompletableFuture.supplyAsync(() -> {
                try {
                    return database.read();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            while (!waits(watch)) {
                Thread.sleep(20);
            }
            for (String table : ReadColumns.REQUIRED.keySet()) {
                write.execute("delete from " + table);
            }
            writing.commit();
            Snapshot meanwhile = reading.get(30, TimeUnit.SECONDS);
            assertThat(meanwhile.researchers()).isEqualTo(before.researchers());
            assertThat(meanwhile.datasets()).isEqualTo(before.datasets());
            assertThat(meanwhile.badRows()).isEmpty();
        }
        assertThat(database.read().researchers()).isEmpty();
    }

    @Test
    void theServersTimeZoneAndIntervalStyleChangeNothing() throws Exception {
        TestDatabase database = TestDatabase.small();
        Snapshot before = database.read();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String setting : new String[] {
                "timezone to 'America/New_York'", "intervalstyle to 'iso_8601'", "datestyle to 'SQL, DMY'"
            }) {
                statement.execute("do $$ begin execute format('alter database %I set " + setting.replace("'", "''")
                        + "', current_database()); end $$");
            }
        }
        Snapshot after = database.read();
        assertThat(after.researchers()).isEqualTo(before.researchers());
        assertThat(after.datasets()).isEqualTo(before.datasets());
        assertThat(after.trainingTypes()).isEqualTo(before.trainingTypes());
    }

    @Test
    void readingTwiceGivesTheSameAndALaterTime() throws Exception {
        TestDatabase database = TestDatabase.small();
        Snapshot first = database.read();
        Snapshot second = database.read();
        assertThat(second.researchers()).isEqualTo(first.researchers());
        assertThat(second.takenAt()).isAfter(first.takenAt());
    }

    @Test
    void nothingCanBeWrittenThroughTheSource() throws Exception {
        TestDatabase database = TestDatabase.small();
        // A rule that turns reading into writing would be refused by the read-only transaction.
        database.execute(
                "alter table project_gcp rename to real_gcp;"
                        + "create function leave_a_mark() returns integer language sql as"
                        + " $$ insert into real_gcp values (99, 2, 'mark') returning 1 $$;"
                        + "create view project_gcp as select id, project_id, bucket_name from real_gcp where leave_a_mark() = 1");
        assertThatThrownBy(database::read).hasMessageContaining("read-only transaction");
        assertThat(marks(database)).isZero();
    }

    private static int marks(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from real_gcp where id = 99")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static boolean waits(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select count(*) from pg_stat_activity"
                        + " where application_name = 'provisioner' and wait_event_type = 'Lock' and datname = current_database()")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }
}

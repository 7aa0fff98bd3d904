package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** A database that can not be read to its end is an error that says what, where and what next, and never a short snapshot. */
class FailuresTest {
    private static final String PASSWORD = "correct-horse-battery";

    @Test
    void aServerThatIsDownIsNamedWithTheNextStepAndWithoutThePassword() throws Exception {
        TestDatabase database = TestDatabase.empty();
        SourceUnreadableException failure = catchThrowableOfType(
                SourceUnreadableException.class,
                () -> database.read(
                        "url", "jdbc:postgresql://127.0.0.1:1/physionet?connectTimeout=2", "password", PASSWORD));
        assertThat(failure)
                .hasMessageStartingWith("PhysioNet database jdbc:postgresql://127.0.0.1:1/physionet: can not connect: ")
                .hasMessageContaining("Check that the database runs");
        assertThat(trace(failure)).doesNotContain(PASSWORD);
    }

    @Test
    void aWrongDatabaseNameIsSaidToBeOne() throws Exception {
        String url = TestDatabase.empty().url().replaceAll("test_\\d+$", "nosuch");
        assertThatThrownBy(() -> TestDatabase.empty().read("url", url, "password", PASSWORD))
                .isInstanceOf(SourceUnreadableException.class)
                .hasMessageContaining("\"nosuch\" does not exist")
                .hasMessageContaining("Check the database's name")
                .satisfies(e -> assertThat(trace(e)).doesNotContain(PASSWORD));
    }

    @Test
    void anotherProgramsDatabaseIsNotTakenForAnEmptySite() throws Exception {
        TestDatabase database = TestDatabase.empty();
        database.execute("create table user_user (id integer, username text)");
        assertThatThrownBy(database::read)
                .isInstanceOf(SourceUnreadableException.class)
                .hasMessageContaining("expected PhysioNet's tables, found no ")
                .hasMessageContaining("user_user.email")
                .hasMessageContaining("project_duasignature")
                .hasMessageContaining("search_path");
    }

    @Test
    @Timeout(60)
    void aConnectionThatDiesInTheMiddleGivesNoSnapshot() throws Exception {
        TestDatabase database = TestDatabase.small();
        AtomicReference<Snapshot> snapshot = new AtomicReference<>();
        try (Connection locking = database.connect();
                Statement lock = locking.createStatement();
                Connection watching = database.connect();
                Statement watch = watching.createStatement()) {
            locking.setAutoCommit(false);
            // People, addresses and certificates are streaming already when the reader comes to this table.
            lock.execute("lock table project_dataaccessrequest in access exclusive mode");
            CompletableFuture<Throwable> reading = CompletableFuture.supplyAsync(() -> {
                try {
                    snapshot.set(database.read());
                    return new AssertionError("read to its end");
                } catch (Exception e) {
                    return e;
                }
            });
            while (!terminated(watch)) {
                Thread.sleep(20);
            }
            assertThat(reading.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(SourceUnreadableException.class)
                    .hasMessageContaining("reading stopped in project_dataaccessrequest, after ")
                    .hasMessageContaining("Nothing of what was read is used. Run again");
        }
        assertThat(snapshot.get()).isNull();
    }

    private static boolean terminated(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where application_name = 'provisioner' and wait_event_type = 'Lock' and datname = current_database()")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** The role of {@code infra/physionet/reader.sql} suffices for reading, and for nothing else. */
class ReaderRoleTest {
    private static final String[] AS_READER = {"user", "provisioner_reader"};

    @Test
    void theRoleReadsTheWholeSiteAsItsOwnerDoes() throws Exception {
        TestDatabase database = TestDatabase.site();
        database.execute(script());
        assertThat(content(database.read(AS_READER))).isEqualTo(content(database.read()));
    }

    @Test
    void theScriptGrantsExactlyTheColumnsThatAreRead() throws Exception {
        TestDatabase database = withLaterTables();
        database.execute(script());
        TreeSet<String> read = new TreeSet<>();
        for (Map<String, List<String>> tables :
                List.of(ReadColumns.REQUIRED, ReadColumns.LATER, ReadColumns.RESEARCH_ENVIRONMENT)) {
            tables.forEach((table, columns) -> columns.forEach(c -> read.add(table + "." + c)));
        }
        assertThat(granted(database)).isEqualTo(read);
    }

    @Test
    void theScriptMayRunAgainAfterAnUpgrade() throws Exception {
        TestDatabase database = TestDatabase.small();
        database.execute(script());
        database.execute("alter table project_publishedproject add column georestricted boolean");
        assertThatThrownBy(() -> database.read(AS_READER)).isInstanceOf(SourceUnreadableException.class);
        database.execute(script());
        assertThat(database.read(AS_READER).datasets()).hasSize(5);
    }

    @Test
    void aColumnThatIsNotGrantedIsNamedWithTheScriptThatGrantsIt() throws Exception {
        TestDatabase database = TestDatabase.small();
        database.execute(script());
        database.execute("revoke select (sign_datetime) on project_duasignature from provisioner_reader");
        assertThatThrownBy(() -> database.read(AS_READER))
                .isInstanceOf(SourceUnreadableException.class)
                .hasMessageContaining("the role provisioner_reader may not read project_duasignature.sign_datetime.")
                .hasMessageContaining("infra/physionet/reader.sql");
    }

    @Test
    void aRegionColumnThatIsThereButNotGrantedIsNotTakenForAbsent() throws Exception {
        TestDatabase database = TestDatabase.small();
        database.execute(script());
        database.execute("alter table project_publishedproject add column georestricted boolean");
        assertThatThrownBy(() -> database.read(AS_READER))
                .hasMessageContaining("may not read project_publishedproject.georestricted");
    }

    @Test
    void theRoleReadsNoHashAndNoName() throws Exception {
        TestDatabase database = TestDatabase.site();
        database.execute(script());
        for (String query : List.of(
                "select password from user_user",
                "select * from user_profile",
                "update user_user set is_active = true")) {
            assertThatThrownBy(() -> database.execute("set role provisioner_reader; " + query))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private static TestDatabase withLaterTables() throws Exception {
        TestDatabase database = TestDatabase.small();
        database.execute("alter table project_publishedproject add column georestricted boolean;"
                + "create table project_awsaccesspoint (id integer, name varchar(50), aws_id integer);"
                + "create table project_awsaccesspointuser (id integer, access_point_id integer, user_id integer);"
                + "create table environment_cloudidentity (id integer, user_id integer, gcp_user_id text, email text)");
        return database;
    }

    private static SortedSet<String> granted(TestDatabase database) throws Exception {
        TreeSet<String> granted = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select table_name || '.' || column_name"
                        + " from information_schema.column_privileges where grantee = 'provisioner_reader'")) {
            while (rows.next()) {
                granted.add(rows.getString(1));
            }
        }
        return granted;
    }

    /** Everything but the moment and the order of notes. */
    private static List<Object> content(Snapshot snapshot) {
        return List.of(
                snapshot.researchers(),
                snapshot.datasets(),
                snapshot.trainingTypes(),
                snapshot.resources(),
                snapshot.badRows());
    }

    private static String script() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve("infra/physionet/reader.sql");
            if (Files.exists(script)) {
                return Files.readString(script);
            }
        }
        throw new AssertionError(
                "no infra/physionet/reader.sql above " + Path.of("").toAbsolutePath());
    }
}

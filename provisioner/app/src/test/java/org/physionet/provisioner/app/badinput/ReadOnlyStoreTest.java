package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Whoever only looks needs no right to write, neither in the record's database nor in a cloud. */
class ReadOnlyStoreTest {
    private static final String[][] READING = {
        {"status"},
        {"access", "list"},
        {"access", "list", "--researcher", "grace", "--at", "2026-11-01T00:00:00Z"},
        {"holds", "list"},
        {"guards", "list"},
        {"quarantine", "list"},
        {"runs", "list"},
        {"audit", "events"},
        {"eligibility", "--researcher", "grace"},
        {"explain", "grace", "demo-iv/1.0", "--no-live"},
        {"explain", "grace", "demo-iv/1.0"},
        {"plan"},
        {"drift"},
    };

    @TempDir
    Path folder;

    @Test
    void everyReadingCommandWorksWithAUserThatMayOnlySelect() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                FilesSite site = new FilesSite(folder)) {
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
            site.configure("store: {url: \"" + url + "\", user: postgres}\n");
            site.done("migrate");
            site.done("run");
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create role looker login");
                statement.execute("do $$ declare s text; begin for s in select distinct schemaname from pg_tables"
                        + " where schemaname not in ('pg_catalog', 'information_schema') loop"
                        + " execute format('grant usage on schema %I to looker', s);"
                        + " execute format('grant select on all tables in schema %I to looker', s); end loop; end $$");
            }
            site.configure("store: {url: \"" + url + "\", user: looker}\n");
            site.forgetCalls();
            for (String[] command : READING) {
                Program.Result result = site.run(command);
                assertThat(result.code())
                        .as(String.join(" ", command) + "\n" + result.err())
                        .isZero();
                assertThat(result.out()).as(String.join(" ", command)).isNotNull();
            }
            assertThat(site.writes()).isZero();
            Program.Result run = site.run("run");
            assertThat(run.code()).isNotZero();
            assertThat(run.err()).doesNotContain("\tat ").contains("lacks the right");
        }
    }
}

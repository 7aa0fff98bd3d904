package org.physionet.provisioner.app.acceptance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** PhysioNet's real schema with a fictional site in it, on a real PostgreSQL; each test its own copy. */
final class SiteDatabase implements AutoCloseable {
    private static EmbeddedPostgres server;
    private static int copies;

    private final String name;

    private SiteDatabase(String name) {
        this.name = name;
    }

    /** The folder beside the checkout that holds the site; the test is skipped without it. */
    static Path sharedFolder() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("../shared/physionet/schema.sql"))) {
            folder = folder.getParent();
        }
        Assumptions.assumeTrue(
                folder != null,
                "skipped: needs the fictional PhysioNet site in ../shared/physionet beside the checkout");
        return folder.resolve("../shared/physionet").normalize();
    }

    static synchronized SiteDatabase fresh() throws IOException, SQLException {
        Path folder = sharedFolder();
        if (server == null) {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("timezone", "America/New_York")
                    .start();
            try (Connection c = server.getPostgresDatabase().getConnection();
                    Statement s = c.createStatement()) {
                s.execute("create database site_template");
            }
            try (Connection c = DriverManager.getConnection(url("site_template"));
                    Statement s = c.createStatement()) {
                s.execute(Files.readString(folder.resolve("schema.sql")));
                try (GZIPInputStream rows = new GZIPInputStream(Files.newInputStream(folder.resolve("site.sql.gz")))) {
                    s.execute(new String(rows.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        String name = "site_" + ++copies;
        try (Connection c = server.getPostgresDatabase().getConnection();
                Statement s = c.createStatement()) {
            s.execute("create database " + name + " template site_template");
        }
        return new SiteDatabase(name);
    }

    private static String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    String url() {
        return url(name).replaceAll("[?&]user=[^&]*", "");
    }

    /** Changes the source as PhysioNet would. */
    void change(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(url(name));
                Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    String one(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(url(name));
                Statement s = c.createStatement();
                var rows = s.executeQuery(sql)) {
            if (!rows.next()) {
                throw new SQLException("no row: " + sql);
            }
            return rows.getString(1);
        }
    }

    /**
     * Moves the site's frozen present to 13 hours before the machine's, so that a test holds on every day and nothing that
     * ends at that very instant ends during it.
     */
    void moveToNow() throws SQLException {
        change("""
                set time zone 'UTC';
                do $$ declare c record; begin
                  for c in select table_name, column_name from information_schema.columns
                      where table_schema = 'public' and data_type = 'timestamp with time zone' loop
                    execute format('update public.%I set %I = %I + (now() - interval %L - timestamptz %L) where %I is not null',
                      c.table_name, c.column_name, c.column_name, '13 hours', '2026-11-01T12:00:00Z', c.column_name);
                  end loop;
                end $$""");
    }

    /** Gives a Google address and an AWS identity to everyone who has linked nothing, so that resources are well filled. */
    void linkEverybody() throws SQLException {
        change("""
                create temporary table unlinked as select id from public.user_user u
                  where not exists (select from public.user_cloudinformation c where c.user_id = u.id);
                insert into public.user_associatedemail
                    (id, email, is_primary_email, added_date, verification_date, is_verified, is_public, user_id)
                  select 50000 + id, 'linked.' || id || '@gmail.com', false, now(), now(), true, false, id from unlinked;
                insert into public.user_cloudinformation
                    (id, user_id, gcp_email_id, aws_id, aws_userid, aws_user_arn, aws_verification_datetime)
                  select 50000 + id, id, 50000 + id, lpad(id::text, 12, '7'),
                    'AIDALINKED' || translate(lpad(id::text, 7, '0'), '0123456789', 'ABCDEFGHIJ'),
                    'arn:aws:iam::' || lpad(id::text, 12, '7') || ':user/linked', now() from unlinked""");
    }

    List<List<String>> rows(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(url(name));
                Statement s = c.createStatement();
                var rows = s.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        }
    }

    @Override
    public void close() throws SQLException {
        try (Connection c = server.getPostgresDatabase().getConnection();
                Statement s = c.createStatement()) {
            s.execute("drop database if exists " + name + " with (force)");
        }
    }
}

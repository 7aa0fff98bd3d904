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
                folder != null, "skipped: needs the fictional PhysioNet site in ../shared/physionet beside the checkout");
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

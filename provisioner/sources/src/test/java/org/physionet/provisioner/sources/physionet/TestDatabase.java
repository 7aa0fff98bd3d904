package org.physionet.provisioner.sources.physionet;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** A database of its own on a real PostgreSQL server that all tests of this run share. */
final class TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static boolean siteLoaded;

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** With the few tables and people of {@code small-site.sql}. */
    static TestDatabase small() throws SQLException, IOException {
        TestDatabase database = create("template1");
        database.makeSmall();
        return database;
    }

    /** As {@link #small}, in the place of whatever is there: much cheaper than another database. */
    void makeSmall() throws SQLException, IOException {
        try (InputStream script = TestDatabase.class.getResourceAsStream("/small-site.sql")) {
            execute("drop schema public cascade; create schema public;"
                    + new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** With the whole fictional site that stands beside the checkout; the test is skipped where there is none. */
    static synchronized TestDatabase site() throws SQLException, IOException {
        Path folder = sharedFolder();
        if (!siteLoaded) {
            TestDatabase template = create("template1");
            template.execute(Files.readString(folder.resolve("schema.sql")));
            try (InputStream rows = new GZIPInputStream(Files.newInputStream(folder.resolve("site.sql.gz")))) {
                template.execute(new String(rows.readAllBytes(), StandardCharsets.UTF_8));
            }
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("alter database " + template.name + " rename to site_template");
            }
            siteLoaded = true;
        }
        return create("site_template");
    }

    /** An empty one. */
    static TestDatabase empty() throws SQLException, IOException {
        return create("template1");
    }

    static Path sharedFolder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("../shared/physionet").normalize();
            if (Files.exists(folder.resolve("site.sql.gz"))) {
                return folder;
            }
        }
        return Assumptions.abort("no ../shared/physionet beside the checkout: the whole fictional site is not tested");
    }

    String url() throws IOException {
        return server().getJdbcUrl("postgres", name).replaceAll("\\?.*", "");
    }

    Connection connect() throws SQLException, IOException {
        return connect(name);
    }

    void execute(String sql) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Source source(String... keysAndValues) throws IOException {
        Map<String, String> values = new HashMap<>(Map.of("url", url(), "user", "postgres"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new PhysioNetSourceProvider().open(new Settings("source", values, Path.of(".")), InstantSource.system());
    }

    Snapshot read(String... keysAndValues) throws IOException, SourceUnreadableException {
        try (Source source = source(keysAndValues)) {
            return source.read();
        }
    }

    private static TestDatabase create(String template) throws SQLException, IOException {
        String name = "test_" + NUMBER.incrementAndGet();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        }
        return new TestDatabase(name);
    }

    private static Connection connect(String database) throws SQLException, IOException {
        return DriverManager.getConnection(server().getJdbcUrl("postgres", database));
    }

    private static synchronized EmbeddedPostgres server() throws IOException {
        EmbeddedPostgres running = server;
        if (running == null) {
            running = EmbeddedPostgres.builder()
                    .setLocaleConfig("encoding", "UTF-8")
                    .start();
            server = running;
        }
        return running;
    }
}

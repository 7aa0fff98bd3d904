package org.physionet.provisioner.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.sql.PostgresDatabase;
import org.physionet.provisioner.store.sql.SqlFailures;
import org.physionet.provisioner.store.sql.SqliteDatabase;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Makes the tables and brings older ones up to date: only on request, or when an embedded database is made. */
public final class Migrations {
    private static final String FOLDER = "org/physionet/provisioner/store/migrations/";
    private static final List<String> SQLITE = List.of(
            "common/V1__record.sql",
            "sqlite/V2__append_only.sql",
            "common/V3__checkpoints.sql",
            "common/V4__drift_decisions.sql",
            "common/V5__budget_meters.sql");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * What was done.
     *
     * @param from the version before; empty: there were no tables
     * @param backup the file that was made first; empty: there was nothing to lose, or the server's administrator makes it
     */
    public record Report(Optional<Integer> from, int to, Optional<Path> backup) {
        public boolean changed() {
            return from.isEmpty() || from.get() != to;
        }
    }

    private Migrations() {}

    /**
     * Brings the tables to this program's version. An embedded database is copied first, to a dated file beside it.
     *
     * @param goOn asked before existing tables on a server are changed, with the command that makes a backup; false stops
     * @throws StoreException if it can not be done, is not wanted, or the tables are newer; then nothing is changed
     */
    public static Report migrate(StoreConfig config, InstantSource clock, Predicate<String> goOn) {
        return switch (config) {
            case StoreConfig.Embedded embedded -> migrateFile(embedded, clock);
            case StoreConfig.Server server -> migrateServer(server, goOn);
        };
    }

    private static Report migrateFile(StoreConfig.Embedded embedded, InstantSource clock) {
        Path file = embedded.file();
        if (!Files.exists(file)) {
            create(embedded);
            return new Report(Optional.empty(), Schema.CURRENT, Optional.empty());
        }
        Optional<Integer> from;
        try (SqliteDatabase database = SqliteDatabase.writable(file)) {
            from = Schema.version(database);
        }
        if (!due(from, embedded.where())) {
            return new Report(from, Schema.CURRENT, Optional.empty());
        }
        Optional<Path> backup = from.map(version -> backup(file, version, clock));
        run(fileSource(file), "sqlite", embedded.where());
        return new Report(from, Schema.CURRENT, backup);
    }

    private static boolean due(Optional<Integer> from, String where) {
        if (from.isPresent() && from.get() > Schema.CURRENT) {
            Schema.require(from, where);
        }
        return from.isEmpty() || from.get() < Schema.CURRENT;
    }

    private static Path backup(Path file, int version, InstantSource clock) {
        Path target = file.resolveSibling(
                file.getFileName() + ".v" + version + "-" + STAMP.format(clock.instant()) + ".backup");
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                PreparedStatement vacuum = connection.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, target.toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw new SqlFailures(target.toString()).of("make a backup; nothing was changed", e);
        }
        return target;
    }

    private static Report migrateServer(StoreConfig.Server server, Predicate<String> goOn) {
        Optional<Integer> from;
        try (PostgresDatabase database =
                PostgresDatabase.open(server.url(), server.user(), server.password(), false, server.where())) {
            from = Schema.version(database);
        }
        if (!due(from, server.where())) {
            return new Report(from, Schema.CURRENT, Optional.empty());
        }
        String command = "pg_dump --format=custom --file=provisioner-v" + from.orElse(0) + ".dump "
                + server.where().substring("jdbc:".length());
        if (from.isPresent() && !goOn.test(command)) {
            throw new StoreException(
                    "store " + server.where() + ": not migrated: make a backup first (" + command
                            + "), then say that it is made",
                    null);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        if (server.user() != null) {
            source.setUser(server.user());
        }
        if (server.password() != null) {
            source.setPassword(server.password());
        }
        run(source, "postgresql", server.where());
        return new Report(from, Schema.CURRENT, Optional.empty());
    }

    /** Makes an embedded database. Of several processes that want it at once, one does it and the others wait. */
    static void create(StoreConfig.Embedded embedded) {
        Path file = embedded.file().toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                if (held.isValid() && !Files.exists(file)) {
                    createPrivate(file);
                }
                run(fileSource(file), "sqlite", embedded.where());
            }
        } catch (IOException e) {
            throw new StoreException(
                    "store " + file + ": can not be made: " + e
                            + "; check that its folder can be written, or set dataDir",
                    e);
        }
    }

    /** Names and addresses stand in it: nobody else on the machine should read it; what SQLite puts beside it inherits that. */
    private static void createPrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        } else {
            Files.createFile(file);
        }
    }

    private static DataSource fileSource(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void run(DataSource source, String dialect, String where) {
        try {
            MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:" + FOLDER + "common", "classpath:" + FOLDER + dialect)
                    .load()
                    .migrate();
            if (!result.success) {
                throw new StoreException(
                        "store " + where + ": the migration did not succeed; nothing of it is kept", null);
            }
        } catch (FlywayException e) {
            throw new StoreException(
                    "store " + where + ": the migration failed: " + e.getMessage() + "; nothing of it is kept", e);
        }
    }

    /** What makes the tables in SQLite, for an empty record in memory. */
    static List<String> scripts() {
        return SQLITE.stream().map(Migrations::script).toList();
    }

    private static String script(String name) {
        try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

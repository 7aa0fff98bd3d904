package org.physionet.provisioner.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that the suite runs on. Each call gives a new, migrated, empty one, copied from a template. */
enum Backend {
    SQLITE {
        @Override
        StoreConfig fresh() {
            try {
                Path file = Files.createTempDirectory(FOLDER, "db").resolve("record.db");
                Files.copy(SqliteTemplate.FILE, file);
                return new StoreConfig.Embedded(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        StoreConfig empty() {
            try {
                return new StoreConfig.Embedded(
                        Files.createTempDirectory(FOLDER, "db").resolve("record.db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        StoreConfig fresh() {
            // The previous test's is dropped, so that the server has not hundreds of them to remove at its end.
            int number = NUMBER.incrementAndGet();
            PostgresServer.execute("drop database if exists test" + (number - 1) + " with (force)");
            String name = "test" + number;
            PostgresServer.execute("create database " + name + " template " + PostgresServer.TEMPLATE);
            return PostgresServer.database(name);
        }

        @Override
        StoreConfig empty() {
            String name = "empty" + NUMBER.incrementAndGet();
            PostgresServer.execute("create database " + name);
            return PostgresServer.database(name);
        }
    };

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final Path FOLDER = folder();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    abstract StoreConfig fresh();

    /** Without any tables. */
    abstract StoreConfig empty();

    SqlStore open() {
        return open(fresh());
    }

    static SqlStore open(StoreConfig config) {
        return SqlStore.open(config, InstantSource.fixed(NOON), OpenMode.WRITE);
    }

    private static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "stores"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class SqliteTemplate {
        static final Path FILE =
                FOLDER.resolve("template-" + ProcessHandle.current().pid() + ".db");

        static {
            Migrations.migrate(new StoreConfig.Embedded(FILE), InstantSource.fixed(NOON), command -> true);
        }
    }

    /** A real server, once a JVM; it runs without fsync, so what a power cut does is not tested on it (facts/stack.md 4). */
    static final class PostgresServer {
        static final String TEMPLATE = "empty_record";
        private static final EmbeddedPostgres SERVER = start();

        static {
            execute("create database " + TEMPLATE);
            Migrations.migrate(database(TEMPLATE), InstantSource.fixed(NOON), command -> true);
        }

        private PostgresServer() {}

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static StoreConfig.Server database(String name) {
            return new StoreConfig.Server(SERVER.getJdbcUrl("postgres", name), null, null);
        }

        static void execute(String sql) {
            try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }
}

package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.SqlEngine;

/**
 * The table {@code access} in an embedded DuckDB of its own, which lies in a folder, packed, and spills to it when memory is short.
 * One thread at a time. Its columns, which are also those of the Parquet files: {@link #COLUMNS}.
 */
public final class Accesses implements AutoCloseable {
    /** In order. {@code log}, {@code who} and {@code action} are the enum's names. */
    public static final String COLUMNS = "provider varchar, log varchar, moment timestamp, id varchar, request varchar,"
            + " who varchar, principal varchar, bucket varchar, key varchar, action varchar, operation varchar,"
            + " allowed boolean, bytes bigint, ip varchar, agent varchar, via varchar, signed varchar, detail varchar,"
            + " file varchar, line bigint";

    /** Of DuckDB; the rest of a gigabyte is the JVM's, and what DuckDB does not count. */
    private static final String MEMORY = "450MB";

    private final Scratch scratch;
    private final Connection connection;
    private boolean stands;

    /** Takes a row of an answer. */
    @FunctionalInterface
    public interface Rows {
        void accept(ResultSet row) throws SQLException;
    }

    /** @param spill a folder for tables and for what does not fit into memory; is made when needed */
    public Accesses(Path spill) {
        try {
            scratch = Scratch.in(spill);
        } catch (IOException e) {
            throw new LogException("the analytical engine can not start in " + spill + ": " + e.getMessage(), e);
        }
        try {
            Properties settings = new Properties();
            settings.setProperty(
                    "temp_directory", scratch.folder().resolve("spilt").toString());
            settings.setProperty("memory_limit", MEMORY);
            settings.setProperty("preserve_insertion_order", "false");
            // Rows of a day wait for each other in memory until so many of a thread are there: usually far more than
            // its cache holds.
            settings.setProperty("partitioned_write_flush_threshold", "4096");
            // In a file it is packed; in memory it would push out all others.
            String tables = scratch.folder().resolve("tables").toString();
            // Nothing is ever fetched from anywhere.
            settings.setProperty("autoinstall_known_extensions", "false");
            connection = new DuckDBDriver().connect("jdbc:duckdb:" + tables, settings);
            run("set TimeZone = 'UTC'");
            run("create table access (" + COLUMNS + ")");
        } catch (SQLException e) {
            scratch.close();
            throw new LogException("the analytical engine can not start in " + spill + ": " + e.getMessage(), e);
        }
    }

    /** Makes {@code access} stand for what a query tells, which has the columns of the table; what was in the table is dropped. */
    public void standFor(String query) {
        if (!stands) {
            run("drop table access");
            stands = true;
        }
        run("create or replace view access as " + query);
    }

    /** Of the engine. */
    String version() {
        try {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new LogException("the engine does not tell its version", e);
        }
    }

    /** A folder for files of this one, which goes when it is closed. */
    public Path scratch() {
        return scratch.folder();
    }

    /** Questions about what is in the table. */
    public Analysis analysis() {
        return new Analysis(engine(), "access");
    }

    /** The same as an engine like any other; closing it closes nothing. */
    public SqlEngine engine() {
        return new DuckDb(this);
    }

    /** @throws LogException if the statement fails */
    public void run(String sql, @Nullable Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            statement.execute();
        } catch (SQLException e) {
            throw new LogException("a statement failed: " + e.getMessage(), e);
        }
    }

    /** A statement that may fail, e.g. because a file is cut off. */
    public void attempt(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public void each(String sql, Rows rows, @Nullable Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.accept(result);
                }
            }
        } catch (SQLException e) {
            throw new LogException("a question failed: " + e.getMessage(), e);
        }
    }

    public long count(String sql, @Nullable Object... arguments) {
        long[] count = {0};
        each(sql, row -> count[0] = row.getLong(1), arguments);
        return count[0];
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            statement.setObject(i + 1, argument instanceof Instant instant ? time(instant) : argument);
        }
    }

    /** Adds many rows to a table, column by column; {@link Batch#close} makes them visible. */
    public Batch appendTo(String table) {
        try {
            return new Batch(
                    connection.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, table));
        } catch (SQLException e) {
            throw new LogException("table " + table + " can not be written", e);
        }
    }

    /** Rows on their way into a table. */
    public static final class Batch implements AutoCloseable {
        private final DuckDBAppender appender;

        private Batch(DuckDBAppender appender) {
            this.appender = appender;
        }

        /** @param values texts, instants, whole numbers, flags or null, as many as the table has columns */
        public void row(@Nullable Object... values) {
            try {
                appender.beginRow();
                for (Object value : values) {
                    switch (value) {
                        case null -> appender.appendNull();
                        case String text -> appender.append(text);
                        case Instant instant -> appender.append(time(instant));
                        case Long number -> appender.append(number.longValue());
                        case Boolean flag -> appender.append(flag.booleanValue());
                        default -> throw new IllegalArgumentException("no column takes " + value.getClass());
                    }
                }
                appender.endRow();
            } catch (SQLException e) {
                throw new LogException("a row can not be added", e);
            }
        }

        public void add(Access a) {
            row(
                    a.provider(),
                    a.log().name(),
                    a.at(),
                    a.id(),
                    a.request(),
                    a.who().name(),
                    a.principal(),
                    a.bucket(),
                    a.key(),
                    a.action().name(),
                    a.operation(),
                    a.allowed(),
                    a.bytes(),
                    a.ip(),
                    a.agent(),
                    a.via(),
                    a.signed(),
                    a.detail(),
                    a.file(),
                    a.line());
        }

        @Override
        public void close() {
            try {
                appender.close();
            } catch (SQLException e) {
                throw new LogException("rows can not be added", e);
            }
        }
    }

    private static LocalDateTime time(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** The instant in a column of type timestamp; null: none. */
    public static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new LogException("the analytical engine can not be closed", e);
        } finally {
            scratch.close();
        }
    }
}

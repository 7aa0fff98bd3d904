package org.physionet.provisioner.store.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * The embedded database. One writing connection behind a fair lock, because SQLite itself lets writers starve; readers
 * have their own and see the last committed state (facts/stack.md 4).
 */
public final class SqliteDatabase implements Database {
    private static final int BUSY_MILLIS = 15_000;
    private static final int IDLE_READERS = 4;

    private final String url;
    private final boolean writable;
    private final SqlFailures failures;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ConcurrentLinkedDeque<Connection> readers = new ConcurrentLinkedDeque<>();
    private @Nullable Connection writer;
    private volatile boolean closed;

    private SqliteDatabase(String url, boolean writable, SqlFailures failures) {
        this.url = url;
        this.writable = writable;
        this.failures = failures;
    }

    /** The file must exist. Opens nothing yet. */
    public static SqliteDatabase writable(Path file) {
        return new SqliteDatabase("jdbc:sqlite:" + file, true, new SqlFailures(file.toString()));
    }

    /**
     * Leaves the file and its folder as they are. Where nothing can be written and no write-ahead log is left, the
     * file can not change under us either, and SQLite is told so: otherwise it would want to create the log's index.
     */
    public static SqliteDatabase readable(Path file) {
        boolean frozen = !(Files.isWritable(file) && Files.isWritable(file.toAbsolutePath().getParent()))
                && !Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        String uri = file.toAbsolutePath().toUri().getRawPath();
        String url = "jdbc:sqlite:file:" + uri + (frozen ? "?immutable=1" : "?mode=ro");
        return new SqliteDatabase(url, false, new SqlFailures(file.toString()));
    }

    @Override
    public <T> T read(Work<T> work) {
        Connection connection = readers.pollFirst();
        try {
            if (connection == null) {
                connection = connect(false);
            }
            T result = in(connection, "begin", work, "rollback");
            giveBack(connection);
            return result;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw failures.of("read", e);
        } catch (RuntimeException | Error e) {
            closeQuietly(connection);
            throw e;
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        writing.lock();
        try {
            if (writer == null) {
                writer = connect(true);
            }
            return in(writer, "begin immediate", work, "commit");
        } catch (SQLException e) {
            dropWriter();
            throw failures.of("write", e);
        } catch (RuntimeException | Error e) {
            dropWriter();
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /**
     * By statements and not by {@link Connection#commit}: the driver begins the next transaction in the same call, and an immediate
     * one would keep every other process from writing.
     */
    private static <T> T in(Connection connection, String begin, Work<T> work, String end) throws SQLException {
        execute(connection, begin);
        T result;
        try (Sql sql = new Sql(connection)) {
            result = work.in(sql);
        }
        execute(connection, end);
        return result;
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private Connection connect(boolean forWriting) throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        if (forWriting) {
            config.setJournalMode(JournalMode.WAL);
            config.setSynchronous(SynchronousMode.FULL);
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        } else {
            config.setReadOnly(!writable);
        }
        Connection connection = config.createConnection(url);
        if (!forWriting) {
            execute(connection, "pragma query_only = true");
        }
        return connection;
    }

    private void giveBack(Connection connection) {
        if (closed || readers.size() >= IDLE_READERS) {
            closeQuietly(connection);
        } else {
            readers.addFirst(connection);
        }
    }

    /** After any failure the connection's state is not worth guessing; closing it rolls back. */
    private void dropWriter() {
        closeQuietly(writer);
        writer = null;
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // The failure that brought us here is the one to tell; an unclosed handle ends with the process.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection reader = readers.pollFirst();
        while (reader != null) {
            closeQuietly(reader);
            reader = readers.pollFirst();
        }
        // Last, so that SQLite folds its write-ahead log into the file and removes it.
        writing.lock();
        try {
            dropWriter();
        } finally {
            writing.unlock();
        }
    }
}

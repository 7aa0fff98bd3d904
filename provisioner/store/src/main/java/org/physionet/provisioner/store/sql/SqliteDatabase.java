package org.physionet.provisioner.store.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.StoreException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * The embedded database. One writing connection behind a fair lock, because SQLite itself lets writers starve; readers
 * have their own and see the last committed state (facts/stack.md 4).
 */
public final class SqliteDatabase implements Database {
    private static final int BUSY_MILLIS = 60_000;
    private static final int IDLE_READERS = 4;
    /** Bytes of the file that are read from memory: a whole scan costs half as much that way. */
    private static final long MAPPED = 1L << 30;

    private final String url;
    private final boolean mayWrite;
    private final boolean writable;
    private final SqlFailures failures;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ConcurrentLinkedDeque<Connection> readers = new ConcurrentLinkedDeque<>();
    private @Nullable Connection writer;
    private volatile boolean closed;

    private SqliteDatabase(String url, boolean mayWrite, boolean writable, SqlFailures failures) {
        this.url = url;
        this.mayWrite = mayWrite;
        this.writable = writable;
        this.failures = failures;
        NativeLibrary.prefer();
    }

    /** The file must exist. Opens nothing yet. */
    public static SqliteDatabase writable(Path file) {
        return new SqliteDatabase("jdbc:sqlite:" + file, true, true, new SqlFailures(file.toString()));
    }

    /**
     * Changes nothing in the record, and leaves no file behind.
     *
     * <p>Where this user may write, the connection is an ordinary one that is told to refuse writing, because only such a
     * one tidies up SQLite's write-ahead log when it was the last. Where not, it is a read-only one; and if there is no log
     * either, the file can not be changing, and SQLite is told so, since it would otherwise want to create one.
     */
    public static SqliteDatabase readable(Path file) {
        boolean mayWrite =
                Files.isWritable(file) && Files.isWritable(file.toAbsolutePath().getParent());
        boolean log = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        String options = mayWrite ? "" : log ? "?mode=ro" : "?immutable=1";
        String url = "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + options;
        return new SqliteDatabase(url, mayWrite, false, new SqlFailures(file.toString()));
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
        if (!writable) {
            throw new StoreException("the store was opened for reading only", null);
        }
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
            config.setReadOnly(!mayWrite);
        }
        Connection connection = config.createConnection(url);
        execute(connection, "pragma mmap_size = " + MAPPED);
        // What is erased must not stay readable in pages that the file no longer uses.
        execute(connection, forWriting ? "pragma secure_delete = on" : "pragma query_only = true");
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

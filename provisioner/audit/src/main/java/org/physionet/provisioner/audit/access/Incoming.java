package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Accesses on their way into the folder where they are kept, as Parquet by day in a folder beside it: nobody reads them before
 * {@link #keep}. What earlier attempts left is dropped: one at a time may bring accesses into a folder.
 */
public final class Incoming {
    private static final String STAGE = ".new-";

    private final Accesses accesses;
    private final Path folder;
    private final Path stage;
    private final String batch;
    private int copies;

    Incoming(Accesses accesses, Path folder, String batch) {
        this.accesses = accesses;
        this.folder = folder;
        this.batch = batch;
        this.stage = folder.resolve(STAGE + batch);
        try {
            dropLeft();
            Files.createDirectories(stage);
        } catch (IOException e) {
            throw new LogException(folder + " can not be written: " + e.getMessage(), e);
        }
    }

    /** What attempts that were killed left, with whichever files. */
    private void dropLeft() throws IOException {
        if (Files.isDirectory(folder)) {
            for (Path left : list(folder)) {
                if (left.getFileName().toString().startsWith(STAGE)) {
                    Scratch.delete(left);
                }
            }
        }
    }

    /**
     * Adds what a query tells, all or nothing.
     *
     * @param query with the columns of {@link Accesses#COLUMNS}
     * @throws SQLException if it fails, e.g. because a file that it reads is cut off
     */
    public void add(String query) throws SQLException {
        Path part = stage.resolve(Integer.toString(copies++));
        try {
            accesses.attempt("copy (select *, cast(moment as date) as day from (" + query + ")) to '"
                    + KeptAccesses.quoted(part)
                    + "' (format parquet, compression zstd, partition_by (day), filename_pattern '" + batch + "-"
                    + part.getFileName() + "-{i}')");
        } catch (SQLException e) {
            delete(part);
            throw e;
        }
    }

    /** All that was added, to select from; without rows if there is nothing. */
    public String rows() {
        return files().isEmpty()
                ? "(select * from access where false)"
                : "read_parquet('" + KeptAccesses.quoted(stage) + "/*/*/*.parquet', hive_partitioning = false)";
    }

    /** Takes out again what these files told. */
    public void drop(Collection<String> names) {
        if (names.isEmpty() || files().isEmpty()) {
            return;
        }
        List<Path> parts = list(stage);
        String wanted =
                names.stream().map(name -> "'" + name.replace("'", "''") + "'").collect(Collectors.joining(","));
        try {
            add("select * from " + rows() + " where file not in (" + wanted + ")");
        } catch (SQLException e) {
            throw new LogException("what was read can not be kept: " + e.getMessage(), e);
        }
        parts.forEach(Incoming::delete);
    }

    /** Puts all of it where it is found. One after the other: what a crash leaves is put there again. */
    void keep() {
        try {
            for (Path file : files()) {
                Path day = folder.resolve(file.getName(file.getNameCount() - 2));
                Files.createDirectories(day);
                Files.move(file, day.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            Scratch.delete(stage);
        } catch (IOException e) {
            throw new LogException(folder + " can not be written: " + e.getMessage(), e);
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(stage)) {
            return all.filter(file -> file.toString().endsWith(".parquet")).toList();
        } catch (IOException e) {
            throw new LogException(stage + " can not be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new LogException(folder + " can not be read: " + e.getMessage(), e);
        }
    }

    private static void delete(Path path) {
        try {
            Scratch.delete(path);
        } catch (IOException e) {
            throw new LogException(path + " can not be removed: " + e.getMessage(), e);
        }
    }
}

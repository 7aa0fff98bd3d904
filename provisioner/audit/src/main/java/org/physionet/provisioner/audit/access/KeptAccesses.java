package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Accesses that earlier reviews read, as Parquet by day, with all that each file told. Keeping the same batch again replaces
 * it; an entry that several files tell is one when it is read.
 */
public final class KeptAccesses {
    private final Path folder;

    /** @param folder need not exist */
    public KeptAccesses(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps the whole table.
     *
     * @param batch stands for the files that were read, the same for the same contents; hexadecimal digits
     * @throws LogException if the folder can not be written
     */
    public void keep(Accesses accesses, String batch) {
        if (accesses.count("select count(*) from access") == 0) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LogException(folder + " can not be written: " + e.getMessage(), e);
        }
        accesses.run("copy (select *, moment::date as day from access) to '" + quoted(folder)
                + "' (format parquet, compression zstd, partition_by (day), overwrite_or_ignore true,"
                + " filename_pattern '" + batch + "-{i}')");
    }

    /**
     * What one file told.
     *
     * @param file the name that it has in its batch
     */
    public record Part(String batch, String file) {}

    /** Adds what these files told to table {@code access}, as they told it. */
    public void add(Accesses accesses, Collection<Part> parts) {
        accesses.run("create or replace table part (batch varchar, file varchar)");
        try (Accesses.Batch batch = accesses.appendTo("part")) {
            parts.forEach(part -> batch.row(part.batch(), part.file()));
        }
        if (isEmpty()) {
            return;
        }
        // Only the files of these batches are opened, not all that was ever kept.
        for (String batch : new TreeSet<>(parts.stream().map(Part::batch).toList())) {
            String files = quoted(folder) + "/*/" + batch + "-*.parquet";
            if (accesses.count("select count(*) from glob('" + files + "')") > 0) {
                accesses.run(
                        "insert into access select k.* exclude (day) from read_parquet('" + files
                                + "', hive_partitioning = true, hive_types = {'day': date}) k"
                                + " join part p on p.file = k.file and p.batch = ?",
                        batch);
            }
        }
    }

    /** Adds what was kept of a span, both ends included, each entry once, to table {@code access}. */
    public void load(Accesses accesses, Instant since, Instant until) {
        if (isEmpty()) {
            return;
        }
        accesses.run(
                "insert into access select distinct on (log, id) * exclude (day) from read_parquet('" + quoted(folder)
                        + "/*/*.parquet', hive_partitioning = true, hive_types = {'day': date})"
                        + " where moment >= ? and moment <= ? and day >= ?::timestamp::date and day <= ?::timestamp::date"
                        + " order by log, id, file, line",
                since,
                until,
                since,
                until);
    }

    public boolean isEmpty() {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.noneMatch(file -> file.toString().endsWith(".parquet"));
        } catch (IOException e) {
            throw new LogException(folder + " can not be read: " + e.getMessage(), e);
        }
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }
}

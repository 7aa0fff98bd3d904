package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Accesses that earlier reviews read, as Parquet by day, for questions that name no files. Keeping the same files again
 * replaces what was kept of them; an entry that several files tell is one when it is read.
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
     * @param name stands for the files that were read, the same for the same files; letters, digits and hyphens
     * @throws LogException if the folder can not be written
     */
    public void keep(Accesses accesses, String name) {
        if (accesses.count("select count(*) from access") == 0) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LogException(folder + " can not be written: " + e.getMessage(), e);
        }
        accesses.run("copy (select *, moment::date as day from access order by moment) to '" + quoted(folder)
                + "' (format parquet, compression zstd, partition_by (day), overwrite_or_ignore true,"
                + " filename_pattern '" + name + "-{i}')");
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

package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Accesses that reviews read, as Parquet by day, with all that each file told. Keeping the same batch again replaces it; an entry that
 * several files tell is one when it is read. They are read where they lie: no review takes them into memory as a whole.
 */
public final class KeptAccesses {
    private final Path folder;

    /** @param folder need not exist */
    public KeptAccesses(Path folder) {
        this.folder = folder;
    }

    /** Whether anything can be kept here already: a folder that somebody deleted keeps nothing of what was read. */
    public boolean isThere() {
        return Files.isDirectory(folder);
    }

    /**
     * Begins to keep what files tell; {@link #keep} ends it.
     *
     * @param batch stands for the files, the same for the same contents; hexadecimal digits
     * @throws LogException if the folder can not be written
     */
    public Incoming incoming(Accesses accesses, String batch) {
        return new Incoming(accesses, folder, batch);
    }

    /** From now on what came in is kept; it replaces what was kept of the same batch. */
    public void keep(Incoming incoming, String batch) {
        for (Path file : files().getOrDefault(batch, List.of())) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new LogException(file + " can not be replaced: " + e.getMessage(), e);
            }
        }
        incoming.keep();
    }

    /**
     * What one file told.
     *
     * @param file the name that it has in its batch
     */
    public record Part(String batch, String file) {}

    /**
     * Makes table {@code access} stand for what these files told, each entry once.
     *
     * @param whole batches of which all files are asked about
     * @param parts of other batches, what is asked about
     * @return how many entries were told again
     */
    public long stand(Accesses accesses, Collection<String> whole, Collection<Part> parts) {
        Map<String, List<Path>> files = files();
        List<Path> asked = new ArrayList<>(of(whole, files));
        List<String> queries = new ArrayList<>();
        if (!asked.isEmpty()) {
            queries.add("select * from " + parquet(asked));
        }
        List<Path> others = of(parts.stream().map(Part::batch).collect(Collectors.toCollection(TreeSet::new)), files);
        if (!others.isEmpty()) {
            accesses.run("create or replace table part (batch varchar, file varchar)");
            try (Accesses.Batch batch = accesses.appendTo("part")) {
                parts.forEach(part -> batch.row(part.batch(), part.file()));
            }
            queries.add(
                    "select * from " + parquet(others)
                            + " where (regexp_extract(filename, '([0-9a-f]+)-[^/]*$', 1), file) in (select (batch, file) from part)");
            asked.addAll(others);
        }
        return queries.isEmpty() ? 0 : once(accesses, files, asked, String.join(" union all ", queries));
    }

    /** Makes table {@code access} stand for what was kept of a span, both ends included, each entry once. */
    public void stand(Accesses accesses, Instant since, Instant until) {
        String first = "day=" + LocalDate.ofInstant(since, ZoneOffset.UTC);
        String last = "day=" + LocalDate.ofInstant(until, ZoneOffset.UTC);
        Map<String, List<Path>> files = files();
        List<Path> asked = of(files.keySet(), files).stream()
                .filter(file ->
                        name(java.util.Objects.requireNonNull(file.getParent())).compareTo(first) >= 0
                                && name(java.util.Objects.requireNonNull(file.getParent()))
                                                .compareTo(last)
                                        <= 0)
                .toList();
        if (!asked.isEmpty()) {
            once(
                    accesses,
                    files,
                    asked,
                    "select * from " + parquet(asked) + " where moment >= " + literal(since) + " and moment <= "
                            + literal(until));
        }
    }

    private static long once(Accesses accesses, Map<String, List<Path>> files, List<Path> asked, String rows) {
        Set<Path> days = asked.stream().map(Path::getParent).collect(Collectors.toSet());
        Repeated repeated = new Repeated(accesses);
        repeated.find(files.values().stream()
                .flatMap(List::stream)
                .filter(file -> days.contains(file.getParent()))
                .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList())));
        return repeated.dropFrom(rows);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static String literal(Instant instant) {
        return "make_timestamp(" + ChronoUnit.MICROS.between(Instant.EPOCH, instant) + ")";
    }

    /** The columns of an access from rows as they are kept. Where an id is missing, it is what most logs of S3 have: the request and what was done in it. */
    static String whole(String rows) {
        return "select provider, log, moment, coalesce(id, request || ' ' || operation) as id, request, who,"
                + " principal, bucket, key, action, operation, allowed, bytes, ip, agent, via, signed, detail, file, line from ("
                + rows
                + ")";
    }

    private static List<Path> of(Collection<String> batches, Map<String, List<Path>> files) {
        return batches.stream()
                .flatMap(batch -> files.getOrDefault(batch, List.of()).stream())
                .toList();
    }

    static String parquet(Collection<Path> files) {
        return files.stream()
                .map(file -> "'" + quoted(file) + "'")
                .collect(Collectors.joining(
                        ",",
                        "read_parquet([",
                        "], filename = true, hive_partitioning = true, hive_types = {'day': date})"));
    }

    /** By batch, in order of their names. */
    private Map<String, List<Path>> files() {
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().split("-", 2)[0], TreeMap::new, Collectors.toList()));
        } catch (IOException e) {
            throw new LogException(folder + " can not be read: " + e.getMessage(), e);
        }
    }

    public boolean isEmpty() {
        return files().isEmpty();
    }

    static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }
}

package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Logs are delivered twice now and then, and split as one likes: an entry's own id tells. Repeated entries are few, and only they are
 * sorted and copied: table {@code access} stands for the others where they lie. Which they are is looked for once for a day and the files
 * that lie in it, and remembered beside them: an entry has one time, whatever file tells it.
 */
final class Repeated {
    /**
     * 64 bits of an entry's identity; that two entries share them costs a look, not an entry. Entries that have no id but request and
     * operation are few to a request.
     */
    private static final String HASH =
            "hash(log, case when id is null or id = request || ' ' || operation then request else id end)";

    /** What is remembered of a day: a file of hashes, or an empty one if nothing is told twice. */
    private static final String REMEMBERED = ".repeated";

    /** In bytes of Parquet: so much is looked through at a time, for hashes are held in memory. */
    private static final long MOST_BYTES = 64_000_000;

    private final Accesses accesses;

    Repeated(Accesses accesses) {
        this.accesses = accesses;
    }

    /**
     * Makes table {@code repeated} of the entries that these days' files tell more than once, and perhaps some others.
     *
     * @param days all files of a day, by the folder that they lie in
     */
    void find(SortedMap<Path, List<Path>> days) {
        List<Path> known = new ArrayList<>();
        List<Path> unknown = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Path, List<Path>> day : days.entrySet()) {
            Path remembered = remembered(day.getKey(), day.getValue());
            known.add(remembered);
            if (Files.exists(remembered)) {
                continue;
            }
            unknown.add(remembered);
            files.addAll(day.getValue());
            bytes += day.getValue().stream()
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            if (bytes >= MOST_BYTES) {
                remember(unknown, files);
                unknown.clear();
                files.clear();
                bytes = 0;
            }
        }
        remember(unknown, files);
        try {
            load(known);
        } catch (IOException | LogException e) {
            if (known.stream().allMatch(Files::exists)) {
                throw new LogException("which entries are told twice can not be read: " + e.getMessage(), e);
            }
            // Another process has taken in files of that day meanwhile.
            find(days);
        }
    }

    private void load(List<Path> known) throws IOException {
        List<String> some = new ArrayList<>();
        for (Path file : known) {
            if (Files.size(file) > 0) {
                some.add("'" + KeptAccesses.quoted(file) + "'");
            }
        }
        accesses.run("create or replace table repeated as select h from "
                + (some.isEmpty()
                        ? "(select 0::ubigint as h) where false"
                        : "read_parquet([" + String.join(",", some) + "])"));
    }

    /** Another set of files has another name, and so has what another version of the engine, whose hashes may differ, remembered. */
    private Path remembered(Path day, List<Path> files) {
        String names = files.stream()
                .map(file -> file.getFileName().toString())
                .sorted()
                .collect(Collectors.joining("\n"));
        return day.resolve(Fingerprint.of(accesses.version(), HASH, names) + REMEMBERED);
    }

    private void remember(List<Path> unknown, List<Path> files) {
        if (unknown.isEmpty()) {
            return;
        }
        accesses.run("create or replace table told as select day, " + HASH + " as h from " + KeptAccesses.parquet(files)
                + " group by all having count(*) > 1");
        Set<String> some = new HashSet<>();
        accesses.each("select distinct 'day=' || day from told", row -> some.add(row.getString(1)));
        for (Path file : unknown) {
            String day = java.util.Objects.requireNonNull(file.getParent())
                    .getFileName()
                    .toString();
            try {
                // What was remembered of fewer files is of no use any more.
                for (Path old : olds(file.getParent())) {
                    Files.deleteIfExists(old);
                }
                Path part = Files.createTempFile(file.getParent(), ".", ".part");
                if (some.contains(day)) {
                    accesses.run("copy (select h from told where 'day=' || day = '" + day + "') to '"
                            + KeptAccesses.quoted(part) + "' (format parquet)");
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new LogException(file + " can not be written: " + e.getMessage(), e);
            }
        }
        accesses.run("drop table told");
    }

    private static Collection<Path> olds(Path day) throws IOException {
        try (Stream<Path> all = Files.list(day)) {
            return all.filter(file -> file.toString().endsWith(REMEMBERED)).toList();
        }
    }

    /**
     * Makes {@code access} stand for these rows, each entry once: of those that several files tell, the one of the first file.
     * {@link #find} has looked through all of them.
     *
     * @param rows a query of what is kept, as it is kept
     * @return how many were told again
     */
    long dropFrom(String rows) {
        if (accesses.count("select count(*) from repeated") == 0) {
            accesses.standFor(KeptAccesses.whole(rows));
            return 0;
        }
        Path once = accesses.scratch().resolve("once.parquet");
        String told = "(" + rows + ") where " + HASH + " in (select h from repeated)";
        accesses.run(
                "copy (select * exclude (place) from (select *, row_number() over (partition by log, id order by file, line) as place"
                        + " from (" + KeptAccesses.whole("select * from " + told) + ")) where place = 1) to '"
                        + KeptAccesses.quoted(once) + "' (format parquet)");
        long entries = accesses.count("select count(*) from " + told);
        String first = "select * from read_parquet('" + KeptAccesses.quoted(once) + "')";
        accesses.standFor(
                KeptAccesses.whole("select * from (" + rows + ") where " + HASH + " not in (select h from repeated)")
                        + " union all " + first);
        return entries - accesses.count("select count(*) from (" + first + ")");
    }
}

package org.physionet.provisioner.audit.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.KeptAccesses;
import org.physionet.provisioner.audit.access.LogException;

/**
 * Brings what log files of one provider tell into the table of accesses, every entry once. Files that were read before are
 * not read again: what they told is kept. Whatever is read is kept before anything is dropped as told twice, so that it
 * does not matter later which of the files are asked about.
 */
public final class LogReading {
    private final Accesses accesses;
    private final String provider;
    private final @Nullable KeptAccesses kept;
    private final @Nullable ReadFiles known;

    /** Remembers nothing. */
    public LogReading(Accesses accesses, String provider) {
        this(accesses, provider, null, null);
    }

    /**
     * @param accesses its table is empty
     * @param provider {@code gcp} or {@code aws}
     * @param kept where accesses are kept; null: nowhere
     * @param known files that were read before; null: none, and none is remembered
     */
    public LogReading(Accesses accesses, String provider, @Nullable KeptAccesses kept, @Nullable ReadFiles known) {
        this.accesses = accesses;
        this.provider = provider;
        this.kept = kept;
        this.known = known;
    }

    /** A file as it is now. */
    private record Seen(LogFile file, long size, String version) {}

    /** @throws LogException if a file can not be opened */
    public Intake read(Collection<Path> paths) {
        List<ReadFiles.Entry> all = new ArrayList<>();
        List<ReadFiles.Entry> news = new ArrayList<>();
        Map<String, Seen> fresh = new LinkedHashMap<>();
        Map<String, List<Seen>> copies = new HashMap<>();
        long before = 0;
        for (Path path : paths) {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                String version = now.lastModifiedTime().toInstant().toString();
                Optional<ReadFiles.Entry> same = unchanged(path, now.size(), version);
                if (same.isPresent()) {
                    all.add(same.get());
                    before++;
                    continue;
                }
                LogFile file = LogFile.of(path);
                String content = file.hash();
                Optional<ReadFiles.Entry> other =
                        known == null ? Optional.empty() : known.withContent(provider, content);
                if (other.isPresent()) {
                    ReadFiles.Entry copy = other.get().copiedTo(path.toString(), now.size(), version);
                    all.add(copy);
                    news.add(copy);
                } else if (fresh.putIfAbsent(content, new Seen(file, now.size(), version)) != null) {
                    copies.computeIfAbsent(content, _ -> new ArrayList<>()).add(new Seen(file, now.size(), version));
                }
            } catch (IOException e) {
                throw new LogException(path + " can not be read: " + e.getMessage(), e);
            }
        }
        FilesReading reading = new FilesReading(accesses, provider);
        reading.read(fresh.values().stream().map(Seen::file).toList());
        String batch = batch(fresh.keySet());
        fresh.forEach((content, seen) -> {
            String name = seen.file().toString();
            ReadFiles.Entry entry = new ReadFiles.Entry(
                    provider,
                    name,
                    seen.size(),
                    seen.version(),
                    content,
                    batch,
                    name,
                    reading.readOf(name),
                    reading.rejectedOf(name));
            news.add(entry);
            copies.getOrDefault(content, List.of())
                    .forEach(copy -> news.add(entry.copiedTo(copy.file().toString(), copy.size(), copy.version())));
        });
        news.stream().filter(entry -> entry.batch().equals(batch)).forEach(all::add);
        keep(batch, news);
        return intake(all, batch, before, reading);
    }

    private Optional<ReadFiles.Entry> unchanged(Path path, long size, String version) {
        return known == null ? Optional.empty() : known.unchanged(provider, path.toString(), size, version);
    }

    /** The accesses first: what a crash leaves in between is kept again under the same name. */
    private void keep(String batch, List<ReadFiles.Entry> news) {
        if (kept != null && !batch.isEmpty()) {
            kept.keep(accesses, batch);
        }
        if (known != null) {
            known.add(news);
        }
    }

    private Intake intake(List<ReadFiles.Entry> all, String batch, long before, FilesReading reading) {
        Set<KeptAccesses.Part> earlier = new LinkedHashSet<>();
        Set<KeptAccesses.Part> told = new LinkedHashSet<>();
        List<String> sameFiles = new ArrayList<>();
        long read = 0;
        long rejected = 0;
        long copied = 0;
        for (ReadFiles.Entry entry : all) {
            KeptAccesses.Part part = new KeptAccesses.Part(entry.batch(), entry.as());
            read += entry.read();
            rejected += entry.rejected();
            if (!told.add(part)) {
                sameFiles.add(entry.name());
                copied += entry.read();
            } else if (!entry.batch().equals(batch)) {
                earlier.add(part);
            }
        }
        if (kept != null && !earlier.isEmpty()) {
            kept.add(accesses, earlier);
        }
        return new Intake(
                all.size(),
                read + rejected,
                read,
                rejected,
                copied + dropRepeated(),
                reading.fast(),
                before,
                sameFiles,
                reading.rejections());
    }

    /** The same for the same contents; empty if there are none. */
    private static String batch(Set<String> contents) {
        return contents.isEmpty()
                ? ""
                : LogFile.hash(String.join("\n", contents.stream().sorted().toList()));
    }

    /** Logs are delivered twice now and then, and split as one likes: an entry's own id tells. */
    private long dropRepeated() {
        // Repeated ones are few: only they are sorted, and the rest is left where it is.
        accesses.run(
                "create or replace table repeated as select log, id from access group by log, id having count(*) > 1");
        long before = accesses.count("select count(*) from access");
        if (accesses.count("select count(*) from repeated") == 0) {
            return 0;
        }
        accesses.run("delete from access where rowid in (select r from (select a.rowid as r, row_number() over"
                + " (partition by a.log, a.id order by a.file, a.line) as n from access a"
                + " join repeated t on t.log = a.log and t.id = a.id) where n > 1)");
        return before - accesses.count("select count(*) from access");
    }
}

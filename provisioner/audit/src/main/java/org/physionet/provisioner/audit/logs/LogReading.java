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
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Incoming;
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
    private final KeptAccesses kept;
    private final @Nullable ReadFiles known;

    /** Remembers nothing. */
    public LogReading(Accesses accesses, String provider) {
        this(accesses, provider, null, null);
    }

    /**
     * @param accesses its table is empty
     * @param provider {@code gcp} or {@code aws}
     * @param kept where accesses are kept; null: only as long as the table
     * @param known files that were read before; null: none, and none is remembered
     */
    public LogReading(Accesses accesses, String provider, @Nullable KeptAccesses kept, @Nullable ReadFiles known) {
        this.accesses = accesses;
        this.provider = provider;
        this.kept = kept == null ? new KeptAccesses(accesses.scratch().resolve("accesses")) : kept;
        this.known = known;
    }

    /** A file as it is now. */
    private record Seen(LogFile file, long size, String version) {}

    /** @throws LogException if a file can not be opened */
    public Intake read(Collection<Path> paths) {
        List<ReadFiles.Entry> all = new ArrayList<>();
        List<ReadFiles.Entry> news = new ArrayList<>();
        List<Seen> changed = new ArrayList<>();
        long before = 0;
        for (Path path : paths) {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                String version = now.lastModifiedTime().toInstant().toString();
                Optional<ReadFiles.Entry> same = unchanged(path, now.size(), version);
                if (same.isPresent()) {
                    all.add(same.get());
                    before++;
                } else {
                    changed.add(new Seen(LogFile.of(path), now.size(), version));
                }
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        List<String> contents =
                changed.parallelStream().map(LogReading::content).toList();
        Map<String, Seen> fresh = new LinkedHashMap<>();
        Map<String, List<Seen>> copies = new HashMap<>();
        for (int i = 0; i < changed.size(); i++) {
            Seen seen = changed.get(i);
            String content = contents.get(i);
            Optional<ReadFiles.Entry> other = known == null ? Optional.empty() : known.withContent(provider, content);
            if (other.isPresent()) {
                ReadFiles.Entry copy = other.get().copiedTo(seen.file().toString(), seen.size(), seen.version());
                all.add(copy);
                news.add(copy);
            } else if (fresh.putIfAbsent(content, seen) != null) {
                copies.computeIfAbsent(content, _ -> new ArrayList<>()).add(seen);
            }
        }
        String batch = batch(fresh.keySet());
        Incoming incoming = kept.incoming(accesses, batch);
        FilesReading reading = new FilesReading(accesses, incoming, provider);
        reading.read(fresh.values().stream().map(Seen::file).toList());
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
        keep(incoming, batch, news);
        return intake(all, batch, before, reading);
    }

    private static String content(Seen seen) {
        try {
            return seen.file().fingerprint();
        } catch (IOException e) {
            throw unreadable(seen.file().path(), e);
        }
    }

    private static LogException unreadable(Path path, IOException e) {
        return new LogException(path + " can not be read: " + e.getMessage(), e);
    }

    private Optional<ReadFiles.Entry> unchanged(Path path, long size, String version) {
        return known == null ? Optional.empty() : known.unchanged(provider, path.toString(), size, version);
    }

    /** The accesses first: what a crash leaves in between is kept again under the same name. */
    private void keep(Incoming incoming, String batch, List<ReadFiles.Entry> news) {
        kept.keep(incoming, batch);
        if (known != null) {
            known.add(news);
        }
    }

    private Intake intake(List<ReadFiles.Entry> all, String batch, long before, FilesReading reading) {
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
            }
        }
        return new Intake(
                all.size(),
                read + rejected,
                read,
                rejected,
                copied + stand(told, batch),
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

    /** Of a batch of which all is asked about, no line is looked at to know that. */
    private long stand(Set<KeptAccesses.Part> told, String batch) {
        Map<String, Set<String>> asked = new TreeMap<>();
        told.forEach(part ->
                asked.computeIfAbsent(part.batch(), _ -> new TreeSet<>()).add(part.file()));
        Set<String> whole = new TreeSet<>();
        asked.forEach((name, files) -> {
            if (name.equals(batch) || known != null && known.isAllOf(provider, name, files)) {
                whole.add(name);
            }
        });
        return kept.stand(
                accesses,
                whole,
                told.stream().filter(part -> !whole.contains(part.batch())).toList());
    }
}

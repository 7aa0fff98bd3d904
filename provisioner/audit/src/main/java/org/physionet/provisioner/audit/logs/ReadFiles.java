package org.physionet.provisioner.audit.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.physionet.provisioner.audit.access.LogException;

/**
 * Which log files were read before, and where what they told is kept. A file of lines of JSON to which every reading
 * appends; the last line about a name counts, and one that is cut off is as if it were not there: its file is read again.
 */
public final class ReadFiles {
    /** What was read by a program that understood less is read again. */
    private static final int FORMAT = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, Entry> byName = new HashMap<>();
    private final Map<String, Entry> byContent = new HashMap<>();
    private final Map<String, Set<String>> byBatch = new HashMap<>();
    private boolean torn;

    /**
     * A file as it was read.
     *
     * @param version by which a file of that name and size is known to be the same one: when it was written
     * @param content {@link LogFile#fingerprint}
     * @param batch under which its accesses are kept
     * @param as the name under which they are kept: another file's, if this one is a copy
     * @param read lines that were understood
     * @param rejected lines that were not
     */
    record Entry(
            String provider,
            String name,
            long size,
            String version,
            String content,
            String batch,
            String as,
            long read,
            long rejected) {
        Entry copiedTo(String copy, long copySize, String copyVersion) {
            return new Entry(provider, copy, copySize, copyVersion, content, batch, as, read, rejected);
        }
    }

    /**
     * @param file need not exist
     * @throws LogException if it can not be read
     */
    public ReadFiles(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                lines.forEach(this::remember);
            } catch (IOException e) {
                throw new LogException(file + " can not be read: " + e.getMessage(), e);
            }
        }
    }

    /** As it is now; empty: it was not read, or it has changed since. */
    Optional<Entry> unchanged(String provider, String name, long size, String version) {
        return Optional.ofNullable(byName.get(provider + " " + name))
                .filter(entry -> entry.size() == size && entry.version().equals(version));
    }

    /** Whatever it was called. */
    Optional<Entry> withContent(String provider, String content) {
        return Optional.ofNullable(byContent.get(provider + " " + content));
    }

    /** Whether all that a batch keeps is of these names; false if that is not certain. */
    boolean isAllOf(String provider, String batch, Set<String> names) {
        return !torn && names.containsAll(byBatch.getOrDefault(provider + " " + batch, Set.of()));
    }

    /** Durable when it returns, if anything of it is. */
    void add(Collection<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            lines.append(line(entry)).append('\n');
            put(entry);
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            // A line that a crash cut off must not swallow the next one.
            String begin = Files.exists(file) && Files.size(file) > 0 ? "\n" : "";
            Files.writeString(
                    file, begin + lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new LogException(file + " can not be written: " + e.getMessage(), e);
        }
    }

    private static String line(Entry entry) {
        ObjectNode line = JSON.createObjectNode();
        line.put("format", FORMAT)
                .put("provider", entry.provider())
                .put("name", entry.name())
                .put("size", entry.size())
                .put("version", entry.version())
                .put("content", entry.content())
                .put("batch", entry.batch())
                .put("as", entry.as())
                .put("read", entry.read())
                .put("rejected", entry.rejected());
        return line.toString();
    }

    private void remember(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            if (line.path("format").asInt() == FORMAT && line.path("rejected").isIntegralNumber()) {
                put(new Entry(
                        line.path("provider").asText(),
                        line.path("name").asText(),
                        line.path("size").asLong(),
                        line.path("version").asText(),
                        line.path("content").asText(),
                        line.path("batch").asText(),
                        line.path("as").asText(),
                        line.path("read").asLong(),
                        line.path("rejected").asLong()));
            }
        } catch (JsonProcessingException e) {
            // Cut off: the file it was about is read again.
            torn |= !text.isBlank();
            return;
        }
    }

    private void put(Entry entry) {
        byName.put(entry.provider() + " " + entry.name(), entry);
        byContent.put(entry.provider() + " " + entry.content(), entry);
        byBatch.computeIfAbsent(entry.provider() + " " + entry.batch(), _ -> new HashSet<>())
                .add(entry.as());
    }
}

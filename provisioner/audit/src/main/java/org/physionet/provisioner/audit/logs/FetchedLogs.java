package org.physionet.provisioner.audit.logs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.StoredLogs;
import org.physionet.provisioner.engine.adapter.StoredLogs.StoredLog;

/**
 * Copies of logs that lie in a cloud, each fetched once: findings cite them, so they stay. An object that was written anew is
 * another copy.
 */
public final class FetchedLogs {
    private static final int LONGEST_NAME = 150;

    private final Path folder;
    private long fetched;

    /** @param folder need not exist */
    public FetchedLogs(Path folder) {
        this.folder = folder;
    }

    /** How many were fetched by this one. */
    public long fetched() {
        return fetched;
    }

    /**
     * Copies of all objects with a prefix, as they are now.
     *
     * @param scheme of the provider, for the copies' place
     * @throws IOException if one can not be fetched; those that were stay, and are not fetched again
     */
    public SortedSet<Path> fetch(StoredLogs logs, String scheme, String bucket, String prefix) throws IOException {
        SortedSet<Path> copies = new TreeSet<>();
        java.util.List<StoredLog> missing = new java.util.ArrayList<>();
        logs.each(bucket, prefix, log -> {
            // Consoles make empty objects that stand for folders.
            if (log.size() != 0) {
                Path copy = copyOf(scheme, log);
                copies.add(copy);
                if (!Files.exists(copy)) {
                    missing.add(log);
                }
            }
        });
        for (StoredLog log : missing) {
            fetch(logs, log, copyOf(scheme, log));
        }
        return copies;
    }

    private void fetch(StoredLogs logs, StoredLog log, Path copy) throws IOException {
        Path parent = copy.getParent();
        Files.createDirectories(parent);
        Path part = Files.createTempFile(parent, ".", ".part");
        try (InputStream in = logs.open(log)) {
            long size = Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            if (log.size() != StoredLog.UNKNOWN && size != log.size()) {
                throw new IOException(
                        log.bucket() + "/" + log.key() + ": expected " + log.size() + " bytes, got " + size);
            }
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
            fetched++;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Keys are whatever a writer likes: none leads out of the folder, and two never share a copy. */
    private Path copyOf(String scheme, StoredLog log) {
        Path path = folder.resolve(scheme).resolve(name(log.bucket()));
        String[] parts = log.key().split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            path = path.resolve(name(parts[i]));
        }
        String whole = log.bucket() + "/" + log.key() + "@" + log.version();
        return path.resolve(
                name(parts[parts.length - 1]) + "@" + LogFile.hash(whole).substring(0, 16));
    }

    private static String name(String part) {
        String encoded = URLEncoder.encode(part, StandardCharsets.UTF_8);
        String safe = encoded.isEmpty() || encoded.startsWith(".") ? "_" + encoded : encoded;
        return safe.length() <= LONGEST_NAME ? safe : safe.substring(0, LONGEST_NAME);
    }
}

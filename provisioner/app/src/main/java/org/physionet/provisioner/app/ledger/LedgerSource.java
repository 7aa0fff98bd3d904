package org.physionet.provisioner.app.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.physionet.provisioner.store.ledger.PublishedParts;

/** A ledger in a file that was exported or published, or in a folder of published parts. */
public final class LedgerSource {
    private LedgerSource() {}

    /**
     * Its lines, as one ledger.
     *
     * @throws UncheckedIOException here or while it is read, if it can not be
     */
    public static Iterator<String> lines(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                // Read to its end before anything else is opened, so that nothing stays open.
                try (Stream<String> lines = Files.lines(path, StandardCharsets.UTF_8)) {
                    return lines.toList().iterator();
                }
            }
            List<Path> parts;
            try (Stream<Path> files = Files.walk(path)) {
                parts = files.filter(Files::isRegularFile)
                        .filter(f ->
                                PublishedName.parse(f.getFileName().toString()).isPresent())
                        .sorted(java.util.Comparator.comparing(
                                f -> f.getFileName().toString()))
                        .toList();
            }
            return new PublishedParts(parts.stream().map(LedgerSource::text).iterator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

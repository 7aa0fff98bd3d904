package org.physionet.provisioner.app.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.store.ledger.LedgerReader;
import org.physionet.provisioner.store.ledger.PublishedParts;

/** A ledger in a file that was exported or published, or in a folder of published parts. */
public final class LedgerSource {
    /** Bytes of an exported ledger, and of one published part. */
    private static final long LARGEST = 16L << 30;

    private static final int LARGEST_PART = 1 << 29;

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
                return Bounded.lines(path, LARGEST, LedgerReader.LONGEST_LINE).iterator();
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
            return Bounded.text(file, LARGEST_PART);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

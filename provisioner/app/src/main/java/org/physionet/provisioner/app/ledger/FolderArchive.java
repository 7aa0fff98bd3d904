package org.physionet.provisioner.app.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.engine.adapter.Archive;

/** A folder: on another machine's disk, or one that something else copies away. */
public final class FolderArchive implements Archive {
    /** Bytes: a part has at most some thousands of records. */
    private static final int LARGEST_PART = 1 << 29;

    private final Path folder;

    public FolderArchive(Path folder) {
        this.folder = folder;
    }

    @Override
    public String where() {
        return folder.toString();
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(name);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        // Under another name first, so that nobody reads half a file; forced, so that a power cut does not empty it.
        Path half = folder.resolve("." + name + ".part");
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public List<String> after(String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.startsWith(".") && file.compareTo(name) > 0)
                    .sorted()
                    .limit(PAGE)
                    .toList();
        }
    }

    @Override
    public byte[] get(String name) throws IOException {
        return Bounded.bytes(folder.resolve(name), LARGEST_PART);
    }

    @Override
    public Protection protection() {
        return new Protection(
                Strength.NONE,
                "a folder: whoever can write it can change and delete what was published",
                "publish to a bucket with Object Lock or a locked retention policy as well");
    }

    @Override
    public void close() {
        // Nothing is open between calls.
    }
}

package org.physionet.provisioner.audit.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of one process's own, which goes when it is closed; one that a killed process left goes when the next one begins. */
final class Scratch implements AutoCloseable {
    private static final String PREFIX = "work-";
    /** Of this process: to open and close a lock of one's own would give it up. */
    private static final String OWN = PREFIX + ProcessHandle.current().pid() + "-";

    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel lock;

    private Scratch(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @param parent is made when needed */
    static Scratch in(Path parent) throws IOException {
        Files.createDirectories(parent);
        dropLeft(parent);
        Path folder = Files.createTempDirectory(parent, OWN);
        FileChannel lock = open(folder);
        FileLock _ = lock.lock();
        return new Scratch(folder, lock);
    }

    Path folder() {
        return folder;
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void dropLeft(Path parent) throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(parent)) {
            others = all.filter(path -> isOthers(path.getFileName().toString())).toList();
        }
        for (Path other : others) {
            // Between its making and its locking a folder has no lock file.
            if (Files.exists(other.resolve(LOCK)) && isLeft(other)) {
                delete(other);
            }
        }
    }

    private static boolean isOthers(String name) {
        return name.startsWith(PREFIX) && !name.startsWith(OWN);
    }

    private static boolean isLeft(Path folder) throws IOException {
        try (FileChannel channel = open(folder)) {
            return channel.tryLock() != null;
        }
    }

    /** With all that is in it; need not exist. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() {
        try (lock) {
            delete(folder);
        } catch (IOException e) {
            throw new LogException(folder + " can not be removed: " + e.getMessage(), e);
        }
    }
}

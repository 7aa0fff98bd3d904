package org.physionet.provisioner.app.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.store.StoreConfig;

/**
 * Keeps a second service away from an embedded database, which is one machine's (facts/stack.md 4). The operating system
 * frees the lock when the process ends, however it ends. Commands do not ask for it: they work beside a service.
 */
final class OnlyService implements AutoCloseable {
    private final FileChannel file;

    private OnlyService(FileChannel file) {
        this.file = file;
    }

    /**
     * @param who of this process, for the one that comes second
     * @throws UsageError if another service has the database
     */
    static AutoCloseable claim(StoreConfig config, String who) {
        return switch (config) {
            case StoreConfig.Server _ -> () -> {};
            case StoreConfig.Embedded embedded ->
                claim(embedded.file().resolveSibling(embedded.file().getFileName() + ".serve"), who);
        };
    }

    private static OnlyService claim(Path path, String who) {
        FileChannel file = null;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(file) == null) {
                String holder = Files.readString(path).strip();
                file.close();
                throw new UsageError(Problem.of("Another service runs on this embedded database")
                        .at(path.toString())
                        .expected("one service for one embedded database")
                        .found(holder.isEmpty() ? "a service that holds the lock" : holder)
                        .next("stop the other one; for several at once set store.url to a PostgreSQL database"));
            }
            file.truncate(0);
            file.write(ByteBuffer.wrap((who + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            return new OnlyService(file);
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("The service's lock can not be taken: " + Unreadable.why(e))
                            .at(path.toString()),
                    e);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

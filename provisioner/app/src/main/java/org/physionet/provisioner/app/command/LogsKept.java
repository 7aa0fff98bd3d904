package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.wiring.Wiring;

/**
 * The right to what reviews of logs keep: of one review alone, or of any number of questions. Two reviews of the same files would stage
 * them in the same place, and one would take away what the other is about to keep; a question that is asked while a review puts its files
 * where they are found would be answered with some of them. The operating system ends it with the process.
 */
final class LogsKept implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final FileChannel file;

    private LogsKept(FileChannel file) {
        this.file = file;
    }

    /** For a review, which writes there. Waits for whoever has it, and says so. */
    static LogsKept alone(Wiring wiring, Invocation invocation) {
        return of(wiring, invocation, false);
    }

    /** For a question, which only reads there. Waits for a review, and says so. */
    static LogsKept together(Wiring wiring, Invocation invocation) {
        return of(wiring, invocation, true);
    }

    private static LogsKept of(Wiring wiring, Invocation invocation, boolean shared) {
        Path folder = wiring.configuration().dataDir().resolve("logs");
        Path place = folder.resolve("lock");
        try {
            Files.createDirectories(folder);
            FileChannel file = FileChannel.open(
                    place, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean told = false;
            while (attempt(file, shared) == null) {
                if (!told) {
                    invocation.note("Another review of logs is under way on " + folder + "; waiting for it to end.");
                    told = true;
                }
                invocation.surroundings().sleeper().sleep(PATIENCE);
            }
            return new LogsKept(file);
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("What reviews of logs keep can not be reached: " + Unreadable.why(e))
                            .at(place.toString()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailed(
                    Problem.of("Nothing was read: another review of logs is under way")
                            .next("run it again when that has ended"),
                    e);
        }
    }

    /** Null: somebody else has it, in another process or in this one. */
    private static @Nullable FileLock attempt(FileChannel file, boolean shared) throws IOException {
        try {
            return file.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new WorkFailed(Problem.of("What reviews of logs keep can not be left: " + e.getMessage()), e);
        }
    }
}

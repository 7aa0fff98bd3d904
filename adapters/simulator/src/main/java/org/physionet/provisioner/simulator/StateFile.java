package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A world kept in a file from one start to the next: the same JSON as {@code /_simulator/state}. */
public final class StateFile {
    private final Path file;

    public StateFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Loads the file into a world if it exists.
     *
     * @return whether there was one
     * @throws IllegalArgumentException naming the file and the field if it is not understood; the world is unchanged
     */
    public boolean loadInto(Simulator simulator) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            if (!(Json.parse(Files.readAllBytes(file)) instanceof ObjectNode whole)) {
                throw new IllegalArgumentException("expected an object such as {\"gcp\":{…},\"aws\":{…}}");
            }
            simulator.load(whole);
            return true;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes the world, atomically: after a crash there is the old file or the new one. The clock is only written if it
     * was moved, so that an ordinary world wakes up at the machine's time.
     */
    public void save(Simulator simulator) throws IOException {
        ObjectNode whole = simulator.state();
        if (!simulator.clock().moved()) {
            whole.remove("clock");
        }
        Path folder = file.getParent();
        Path fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(Json.pretty(whole).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}

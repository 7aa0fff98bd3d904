package org.physionet.provisioner.audit.logs;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * One log file, plain or compressed, whatever its name says.
 *
 * @param path as it was found
 * @param compression by its first bytes
 */
public record LogFile(Path path, Compression compression) {
    private static final int BUFFER = 1 << 16;

    /** How the bytes are packed; {@link #duckDb} is what DuckDB calls it. */
    public enum Compression {
        NONE("none"),
        GZIP("gzip"),
        ZSTD("zstd");

        final String duckDb;

        Compression(String duckDb) {
            this.duckDb = duckDb;
        }
    }

    public static LogFile of(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(4);
        }
        return new LogFile(path, compression(head));
    }

    private static Compression compression(byte[] head) {
        if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            return Compression.GZIP;
        }
        boolean zstd = head.length == 4
                && (head[0] & 0xff) == 0x28
                && (head[1] & 0xff) == 0xb5
                && (head[2] & 0xff) == 0x2f
                && (head[3] & 0xff) == 0xfd;
        return zstd ? Compression.ZSTD : Compression.NONE;
    }

    /** The unpacked bytes; a file that is cut off fails only where it ends. */
    public InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        return switch (compression) {
            case NONE -> raw;
            case GZIP -> new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
            case ZSTD -> new BufferedInputStream(new ZstdInputStream(raw), BUFFER);
        };
    }

    /**
     * Stands for the packed bytes, for two files of one content are one: hex SHA-256 of the first ones, the last ones, and two checksums
     * of all of them, which a processor makes ten times as fast. Nobody who would have a log taken for another one chooses what its first
     * ones are: they are full of the provider's request ids.
     */
    public String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        CRC32C castagnoli = new CRC32C();
        CRC32 ieee = new CRC32();
        byte[] buffer = new byte[BUFFER];
        int last = 0;
        long size = 0;
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.readNBytes(buffer, 0, BUFFER); read > 0; read = in.readNBytes(buffer, 0, BUFFER)) {
                if (size == 0) {
                    digest.update(buffer, 0, read);
                }
                castagnoli.update(buffer, 0, read);
                ieee.update(buffer, 0, read);
                size += read;
                last = read;
            }
        }
        digest.update(buffer, 0, last);
        digest.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(size)
                .putLong(castagnoli.getValue())
                .putLong(ieee.getValue())
                .array());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Hex SHA-256 of a text. */
    static String hash(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

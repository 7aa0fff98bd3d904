package org.physionet.provisioner.audit.logs;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /** Hex SHA-256 of the packed bytes: two files of one content are one. */
    public String hash() throws IOException {
        try (InputStream raw = Files.newInputStream(path);
                DigestInputStream in = new DigestInputStream(raw, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hex SHA-256 of a text. */
    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

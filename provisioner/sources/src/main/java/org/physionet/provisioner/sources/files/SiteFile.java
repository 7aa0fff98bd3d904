package org.physionet.provisioner.sources.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file of the folder, read once from its first to its last byte while its SHA-256 is taken. Names that end in {@code
 * .gz} are decompressed. Text is UTF-8, and anything else is an error.
 */
final class SiteFile {
    private static final int BUFFER = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Takes one line, without its end. */
    interface LineTaker {
        void take(int number, String line) throws IOException;
    }

    private final Path path;
    private String sha256 = "";
    private int records;
    private int line;

    SiteFile(Path path) {
        this.path = path;
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /** Of the bytes on the disk; known after reading. */
    String sha256() {
        return sha256;
    }

    /** Lines that are not blank, or those that {@link #countRecords} was told; known after reading. */
    int records() {
        return records;
    }

    void countRecords(int count) {
        records = count;
    }

    /** Gives every line that is not blank. Numbers count from 1. */
    void lines(LineTaker taker) throws IOException {
        readThrough(content -> {
            ByteArrayOutputStream pending = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > Limits.FILE) {
                    throw FileFailure.at(name(), line, "expected at most " + Limits.FILE + " bytes in a file");
                }
                int start = 0;
                for (int at = 0; at < read; at++) {
                    if (buffer[at] == '\n') {
                        append(pending, buffer, start, at);
                        give(pending, taker);
                        line++;
                        start = at + 1;
                    }
                }
                append(pending, buffer, start, read);
            }
            give(pending, taker);
        });
    }

    /** The whole text. */
    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        readThrough(content -> {
            byte[] bytes = content.readNBytes(Limits.YAML + 1);
            if (bytes.length > Limits.YAML) {
                throw new FileFailure(name() + ": expected at most " + Limits.YAML + " bytes, found more");
            }
            text.append(decode(bytes));
        });
        return text.toString();
    }

    private interface Reading {
        void of(InputStream content) throws IOException;
    }

    private void readThrough(Reading reading) throws IOException {
        line = 1;
        try (DigestInputStream hashing =
                new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
            InputStream buffered = new BufferedInputStream(hashing, BUFFER);
            reading.of(name().endsWith(".gz") ? new StrictGzip(buffered) : buffered);
            sha256 = HexFormat.of().formatHex(hashing.getMessageDigest().digest());
        } catch (FileFailure e) {
            throw e;
        } catch (EOFException e) {
            throw FileFailure.at(name(), line, "expected more, the file ends in the middle");
        } catch (IOException e) {
            throw FileFailure.at(name(), line, "can not be read to its end: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(ByteArrayOutputStream pending, byte[] buffer, int from, int to) throws FileFailure {
        if (pending.size() + to - from > Limits.LINE) {
            throw FileFailure.at(name(), line, "expected at most " + Limits.LINE + " bytes in a line, found more");
        }
        pending.write(buffer, from, to - from);
    }

    private void give(ByteArrayOutputStream bytes, LineTaker taker) throws IOException {
        String text = decode(bytes.toByteArray());
        bytes.reset();
        if (!text.isBlank()) {
            records++;
            taker.take(line, text);
        }
    }

    private String decode(byte[] bytes) throws FileFailure {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw FileFailure.at(name(), line, "expected UTF-8, found bytes that are not");
        }
    }
}

package org.physionet.provisioner.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files that somebody else wrote, up to a size: what is larger is refused by its size, and what has none, such as a device or a file
 * that grows, once so much of it was read. What is wrong is an {@link IOException} that {@link Unreadable} can tell.
 */
public final class Bounded {
    private Bounded() {}

    /** @param most bytes, at most 2 GiB less 9 */
    public static byte[] bytes(Path file, int most) throws IOException {
        requireSize(file, most);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw tooLarge(file, most);
            }
            return bytes;
        }
    }

    /**
     * UTF-8.
     *
     * @throws CharacterCodingException if it is something else
     */
    public static String text(Path file, int most) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file, most)))
                .toString();
    }

    /**
     * Lines of UTF-8, without their ends.
     *
     * @param most bytes
     * @param longest characters of a line
     * @throws CharacterCodingException if it is something else
     */
    public static List<String> lines(Path file, long most, int longest) throws IOException {
        requireSize(file, most);
        List<String> lines = new ArrayList<>();
        long read = 0;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()))) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (++read > most) {
                    throw tooLarge(file, most);
                }
                if (c == '\n') {
                    lines.add(ended(line));
                    line.setLength(0);
                } else if (line.length() < longest) {
                    line.append((char) c);
                } else {
                    throw new FileSystemException(
                            file.toString(), null, "line " + (lines.size() + 1) + " is longer than " + size(longest));
                }
            }
            if (!line.isEmpty()) {
                lines.add(ended(line));
            }
        }
        return lines;
    }

    private static String ended(StringBuilder line) {
        boolean returned = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        return line.substring(0, line.length() - (returned ? 1 : 0));
    }

    /** @throws IOException if it is larger, told before it is read */
    public static void requireSize(Path file, long most) throws IOException {
        if (Files.size(file) > most) {
            throw tooLarge(file, most);
        }
    }

    private static FileSystemException tooLarge(Path file, long most) {
        return new FileSystemException(file.toString(), null, "it is larger than " + size(most));
    }

    private static String size(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }
}

package org.physionet.provisioner.audit.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, split at line feeds only: whatever else stands in a line may have been put there by a reader.
 * Bytes that are no UTF-8 become U+FFFD.
 */
final class Lines implements AutoCloseable {
    /** Bytes of a line, as for the fast lane. */
    static final int LONGEST = 16 << 20;

    /** What a longer one is told as: nothing that any log has, so that it is rejected and counted. */
    static final String TOO_LONG = "(a line of more than " + (LONGEST >> 20) + " MiB)";

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Number of the line that {@link #next} gave, from 1. */
    long number() {
        return number;
    }

    /** The next line without its end; null: no more. Where the stream breaks off, what was there of the line is lost. */
    @Nullable String next() throws IOException {
        line.reset();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        long length = 0;
        while (b >= 0 && b != '\n') {
            if (length++ < LONGEST) {
                line.write(b);
            }
            b = in.read();
        }
        if (length > LONGEST) {
            return TOO_LONG;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package org.physionet.provisioner.app.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that notices its end. {@link java.io.PrintStream} swallows I/O errors, so a command would go on
 * computing for a reader that has left ({@code | head}), and a full disk would pass for success.
 */
final class ClosablePipe extends FilterOutputStream {
    ClosablePipe(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw ended(e);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private static RuntimeException ended(IOException cause) {
        String said = String.valueOf(cause.getMessage());
        if (said.contains("Broken pipe") || said.contains("Stream closed") || said.contains("Connection reset")) {
            return new ClosedPipe();
        }
        return new WorkFailed(
                Problem.of("The answer could not be written to standard output: " + said)
                        .next("check the disk or the program that reads it, then run the command again"),
                cause);
    }

    /** The reader of our output went away: the command ends, quietly. */
    static final class ClosedPipe extends RuntimeException {
        private static final long serialVersionUID = 1;

        ClosedPipe() {
            super("standard output was closed", null, false, false);
        }
    }
}

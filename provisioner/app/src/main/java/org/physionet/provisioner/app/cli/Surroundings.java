package org.physionet.provisioner.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.physionet.provisioner.engine.time.Sleeper;

/**
 * Everything that the program takes from the process it runs in, so that a test can run it without one.
 *
 * @param workingFolder absolute
 * @param out the answer and nothing else, UTF-8
 * @param err logs, progress, questions and errors, UTF-8
 * @param clock to the microsecond, as the record keeps it
 */
public record Surroundings(
        Map<String, String> environment,
        Path workingFolder,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        InstantSource clock,
        Sleeper sleeper) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** This process. The only place where the machine's clock is taken. */
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        InstantSource machine = InstantSource.system();
        return new Surroundings(
                environment,
                Path.of("").toAbsolutePath(),
                System.in,
                text(new ClosablePipe(new FileOutputStream(FileDescriptor.out))),
                text(new FileOutputStream(FileDescriptor.err)),
                Terminal.ofProcess(environment),
                () -> machine.instant().truncatedTo(ChronoUnit.MICROS),
                Thread::sleep);
    }

    /** The streams of a caller, e.g. a test or the demo; never a terminal. */
    public Surroundings withStreams(InputStream input, OutputStream output, OutputStream errors) {
        return new Surroundings(
                environment, workingFolder, input, text(output), text(errors), Terminal.NONE, clock, sleeper);
    }

    private static PrintStream text(OutputStream stream) {
        return new PrintStream(new BufferedOutputStream(stream, 1 << 14), false, StandardCharsets.UTF_8);
    }
}

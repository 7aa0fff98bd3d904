package org.physionet.provisioner.app.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.app.Main;
import org.physionet.provisioner.app.cli.Surroundings;
import org.physionet.provisioner.app.cli.Terminal;
import org.physionet.provisioner.engine.time.Sleeper;

/** Runs the program in this process, as a shell would, and keeps what it said. */
public final class Program {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Terminal terminal = Terminal.NONE;
    private String input = "";
    private InstantSource clock = () -> InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);

    public Program(Path folder) {
        this.folder = folder;
    }

    private Sleeper sleeper = duration -> Thread.sleep(duration);

    public record Result(int code, String out, String err) {}

    public Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Program on(Terminal which) {
        terminal = which;
        return this;
    }

    public Program typing(String text) {
        input = text;
        return this;
    }

    public Program at(InstantSource time) {
        clock = time;
        return this;
    }

    /** Waits between attempts take no time. */
    public Program impatient() {
        return waiting(duration -> {});
    }

    /** Waits between calls and attempts are this one's, e.g. of a clock that only waiting moves. */
    public Program waiting(Sleeper how) {
        sleeper = how;
        return this;
    }

    public Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.execute(
                List.of(args),
                new Surroundings(
                        environment,
                        folder,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8),
                        terminal,
                        clock,
                        sleeper));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

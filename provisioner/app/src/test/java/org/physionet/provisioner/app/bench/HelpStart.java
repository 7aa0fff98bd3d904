package org.physionet.provisioner.app.bench;

import java.nio.file.Path;
import java.util.List;

/** How long a person waits for the shortest command there is: what starting the program costs. */
public final class HelpStart implements Benchmark {
    private static final int RUNS = 10;

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String about() {
        return "wall time of a start that does nothing";
    }

    @Override
    public String command() {
        return "scripts/provisioner --help";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Path folder = Launched.checkout();
        Timing timing = Timing.of(1, RUNS, () -> Launched.run(folder, "--help"));
        Timing work = Timing.ofChildren(0, RUNS, () -> Launched.run(folder, "--help"));
        return List.of(
                Figure.of("CPU time, median of " + RUNS, work.median(), "ms"),
                Figure.of("least of " + RUNS, timing.least(), "ms"),
                Figure.under(300, "median of " + RUNS, timing.median(), "ms"));
    }
}

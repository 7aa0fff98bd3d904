package org.physionet.provisioner.app.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.sources.demo.DemoSite;

/** The memory of {@code audit logs} as a person starts it: of some packed S3 access logs, then of ten times as many. */
public final class LogMemory implements Benchmark {
    private static final int TIMES = 10;

    @Override
    public String name() {
        return "log-memory";
    }

    @Override
    public String about() {
        return "memory of audit logs over packed S3 access logs, new and again; BENCH_LOG_MEMORY_LINES=%,d"
                .formatted(lines());
    }

    private static int lines() {
        return Sizes.of("BENCH_LOG_MEMORY_LINES", 2_000_000);
    }

    @Override
    public String command() {
        return "BENCH_LOG_MEMORY_LINES=" + lines() + " scripts/bench log-memory";
    }

    @Override
    public List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (int lines : new int[] {lines() / TIMES, lines()}) {
            Path folder = Files.createTempDirectory("bench-memory");
            try {
                DemoSite.copyTo(folder.resolve("site"));
                ExplainStart.configure(folder, "source: {type: files, path: site}");
                AccessLogs.write(folder.resolve("logs"), lines, true);
                for (String which : new String[] {"new", "again"}) {
                    long began = System.nanoTime();
                    double peak = Launched.run(folder, "audit", "logs", "logs", "--provider", "aws");
                    String what = "%,d lines, %s: ".formatted(lines, which);
                    figures.add(Figure.under(1024, what + "peak", peak, "MiB"));
                    figures.add(Figure.of(what + "time", (System.nanoTime() - began) / 1e9, "s"));
                }
            } finally {
                LogIntake.delete(folder);
            }
        }
        return figures;
    }
}

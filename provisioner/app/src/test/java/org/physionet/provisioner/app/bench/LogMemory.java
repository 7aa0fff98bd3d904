package org.physionet.provisioner.app.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.KeptAccesses;
import org.physionet.provisioner.audit.logs.Intake;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.audit.logs.ReadFiles;
import org.physionet.provisioner.audit.review.Held;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.audit.review.Rules;

/** The memory of a process that reads S3 access logs and lays a record beside them: first some, then ten times as many. */
public final class LogMemory implements Benchmark {
    private static final int TIMES = 10;

    @Override
    public String name() {
        return "log-memory";
    }

    @Override
    public String about() {
        return "memory while packed S3 access logs are read and laid beside a record; BENCH_LOG_MEMORY_LINES=%,d"
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
        Path folder = Files.createTempDirectory("bench-memory");
        try {
            List<Figure> figures = new ArrayList<>();
            for (int lines : new int[] {lines() / TIMES, lines()}) {
                read(folder, lines);
                figures.add(
                        Figure.under(1024, "peak after %,d lines".formatted(lines), LogIntake.peakMebibytes(), "MiB"));
            }
            return figures;
        } finally {
            LogIntake.delete(folder);
        }
    }

    private static void read(Path folder, int lines) throws Exception {
        List<Path> files = AccessLogs.write(folder.resolve("gz"), lines, true);
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(
                            accesses,
                            "aws",
                            new KeptAccesses(folder.resolve("data/accesses")),
                            new ReadFiles(folder.resolve("data/files")))
                    .read(files);
            Held.against(accesses.analysis(), new Recorded(List.of(), List.of(), List.of(), List.of()), Rules.DEFAULT);
            if (intake.read() != lines || accesses.count("select count(*) from seen") != lines) {
                throw new IllegalStateException("not all was read: " + intake);
            }
        }
        LogIntake.delete(folder.resolve("gz"));
        LogIntake.delete(folder.resolve("data"));
    }
}

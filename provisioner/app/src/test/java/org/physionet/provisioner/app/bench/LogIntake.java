package org.physionet.provisioner.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.KeptAccesses;
import org.physionet.provisioner.audit.logs.Intake;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.audit.logs.ReadFiles;

/** S3 access logs into the Parquet that reviews keep, against DuckDB's own copy of the same files to Parquet, in the same run. */
public final class LogIntake implements Benchmark {
    private static final int LINES = 1_000_000;
    /** What the normalised columns are made of. */
    private static final List<Integer> USED = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 17, 22, 25);

    private static final int COLUMNS = 28;

    @Override
    public String name() {
        return "log-intake";
    }

    @Override
    public String about() {
        return "S3 access log lines into normalised Parquet, plain and gz; BENCH_LOG_LINES=%,d".formatted(lines());
    }

    private static int lines() {
        return Sizes.of("BENCH_LOG_LINES", LINES);
    }

    @Override
    public String command() {
        return "BENCH_LOG_LINES=" + lines() + " scripts/bench log-intake";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Path folder = Files.createTempDirectory("bench-logs");
        try {
            List<Figure> figures = new ArrayList<>();
            for (boolean packed : new boolean[] {false, true}) {
                figures.addAll(measure(folder, packed));
            }
            figures.add(Figure.of(
                    "memory of the process, peak",
                    Launched.peakMebibytes(ProcessHandle.current().pid()),
                    "MiB"));
            return figures;
        } finally {
            delete(folder);
        }
    }

    private static List<Figure> measure(Path folder, boolean packed) throws Exception {
        String kind = packed ? "gz: " : "plain: ";
        List<Path> files = AccessLogs.write(folder.resolve(packed ? "gz" : "plain"), lines(), packed);
        String all = "*";
        String same = USED.stream().map(c -> "c" + c).collect(Collectors.joining(", "));
        Took bareAll = Took.NEVER;
        Took bareSame = Took.NEVER;
        Took ours = Took.NEVER;
        // In turn, so that what else the machine does hits all three alike; the best of each counts.
        for (int round = 0; round < 3; round++) {
            bareAll = bareAll.orBetter(bare(folder, files, all, packed));
            bareSame = bareSame.orBetter(bare(folder, files, same, packed));
            ours = ours.orBetter(ours(folder, files));
        }
        Took nothing = again(folder, files, 0);
        Took one = again(folder, files, 1);
        Took tenth = again(folder, files, lines() / 10);
        delete(folder.resolve(packed ? "gz" : "plain"));
        delete(folder.resolve("data"));
        return List.of(
                Figure.of(kind + "bare copy, all columns", bareAll.wall(), "ms"),
                Figure.of(kind + "bare copy, the same columns", bareSame.wall(), "ms"),
                Figure.of(kind + "read, normalised and kept", ours.wall(), "ms"),
                Figure.of(kind + "lines a second", lines() * 1000.0 / ours.wall(), ""),
                Figure.under(100 / 0.9, kind + "time against all columns", 100 * ours.wall() / bareAll.wall(), "%"),
                Figure.under(100 / 0.6, kind + "against the same columns", 100 * ours.wall() / bareSame.wall(), "%"),
                Figure.of(kind + "CPU time against all columns", 100 * ours.cpu() / bareAll.cpu(), "%"),
                Figure.of(kind + "CPU time, the same columns", 100 * ours.cpu() / bareSame.cpu(), "%"),
                Figure.of(kind + "again, with nothing new", nothing.wall(), "ms"),
                Figure.of(kind + "again, with one new line", one.wall(), "ms"),
                Figure.under(
                        25,
                        kind + "again, with a tenth more, against the first time",
                        100 * tenth.wall() / ours.wall(),
                        "%"));
    }

    private static Took bare(Path folder, List<Path> files, String select, boolean packed) throws IOException {
        Path parquet = folder.resolve("bare.parquet");
        try (Accesses duck = new Accesses(folder.resolve("spill"))) {
            String names = files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(","));
            String columns = IntStream.range(0, COLUMNS)
                    .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                    .collect(Collectors.joining(","));
            long began = System.nanoTime();
            long cpu = Took.cpuNanos();
            duck.run("copy (select " + select + " from read_csv([" + names
                    + "], delim = ' ', quote = '\"', escape = '', header = false, auto_detect = false, columns = {"
                    + columns
                    + "}, compression = '" + (packed ? "gzip" : "none") + "')) to '" + parquet
                    + "' (format parquet, compression zstd)");
            return Took.since(began, cpu);
        } finally {
            Files.deleteIfExists(parquet);
        }
    }

    /** With everything that a review does before it judges: contents hashed, entries counted, repeated ones dropped. */
    private static Took ours(Path folder, List<Path> files) throws IOException {
        delete(folder.resolve("data"));
        return read(folder, files, files.size());
    }

    private static Took again(Path folder, List<Path> files, int lines) throws IOException {
        List<Path> more = new ArrayList<>(files);
        if (lines > 0) {
            more.addAll(AccessLogs.write(folder.resolve("late" + lines), lines() + lines, lines, false));
        }
        return read(folder, more, more.size() - files.size());
    }

    private static Took read(Path folder, List<Path> files, long news) {
        long began = System.nanoTime();
        long cpu = Took.cpuNanos();
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(
                            accesses,
                            "aws",
                            new KeptAccesses(folder.resolve("data/accesses")),
                            new ReadFiles(folder.resolve("data/files")))
                    .read(files);
            Took took = Took.since(began, cpu);
            if (intake.rejected() > 0 || intake.read() < lines() || intake.files() - intake.before() != news) {
                throw new IllegalStateException("not all was read: " + intake);
            }
            return took;
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}

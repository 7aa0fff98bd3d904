package org.physionet.provisioner.audit.logs;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Incoming;

/**
 * S3 server access logs through DuckDB's strict CSV reader, which sets aside every line that a quote has shifted
 * (facts/stack.md 7); those go to {@link S3AccessLine}. The two lanes give the same rows: a property test holds them equal.
 */
final class S3FastLane {
    private static final int MOST_FILES = 500;
    /** Rows of a day are held back until there are many of them, or all were read: so much at a time fits into memory. */
    private static final long MOST_BYTES = 200_000_000;
    /** How much smaller packed logs usually are. */
    private static final int PACKED = 8;
    /** In bytes; a longer one, which S3 does not write, is for the other lane. */
    private static final int LONGEST_LINE = 500_000;
    /** Each thread has some of them. */
    private static final int BUFFER = 8_000_000;

    private final Accesses accesses;
    private final Incoming incoming;

    /**
     * What came of it.
     *
     * @param rows by file, those that came in
     * @param rejected by file, the lines that were set aside
     * @param again files of which nothing came in: every line of them is for the other lane
     */
    record Result(Map<String, Long> rows, Map<String, List<Aside>> rejected, SortedSet<String> again) {}

    /** A line that was set aside, with its number, from 1. */
    record Aside(long line, String text) {}

    private final Map<String, Long> rows = new TreeMap<>();
    private final Map<String, List<Aside>> rejected = new TreeMap<>();
    private final SortedSet<String> again = new TreeSet<>();

    S3FastLane(Accesses accesses, Incoming incoming) {
        this.accesses = accesses;
        this.incoming = incoming;
        S3Columns.prepare(accesses);
    }

    private record Shape(int columns, LogFile.Compression compression) {}

    Result read(List<LogFile> files) {
        Map<Shape, List<LogFile>> byShape = new LinkedHashMap<>();
        for (LogFile file : files) {
            int columns = columns(file);
            if (columns < 26) {
                again.add(file.toString());
            } else {
                byShape.computeIfAbsent(new Shape(columns, file.compression()), _ -> new ArrayList<>())
                        .add(file);
            }
        }
        byShape.forEach((shape, alike) -> {
            long most = shape.compression() == LogFile.Compression.NONE ? MOST_BYTES : MOST_BYTES / PACKED;
            List<LogFile> together = new ArrayList<>();
            long bytes = 0;
            for (LogFile file : alike) {
                together.add(file);
                bytes += file.path().toFile().length();
                if (bytes >= most || together.size() == MOST_FILES) {
                    read(shape, List.copyOf(together));
                    together.clear();
                    bytes = 0;
                }
            }
            if (!together.isEmpty()) {
                read(shape, together);
            }
        });
        accesses.each("select file, count(*), count(moment) from " + incoming.rows() + " group by file", row -> {
            rows.put(row.getString(1), row.getLong(2));
            if (row.getLong(3) < row.getLong(2)) {
                again.add(row.getString(1));
            }
        });
        incoming.drop(again);
        rows.keySet().removeAll(again);
        rejected.keySet().removeAll(again);
        return new Result(rows, rejected, again);
    }

    /** How many columns the first line has, as a space splits them; 0 if it is no line of such a log. */
    private static int columns(LogFile file) {
        try (Lines lines = new Lines(file.open())) {
            String first = lines.next();
            if (first == null || first.indexOf('"') < 0) {
                return 0;
            }
            S3AccessLine.parse(first, file.toString(), 1L);
            int tail = first.substring(first.lastIndexOf('"') + 1).trim().split(" ", -1).length;
            return 18 + tail;
        } catch (IOException | Unreadable e) {
            return 0;
        }
    }

    private void read(Shape shape, List<LogFile> files) {
        try {
            incoming.add(S3Columns.SELECT + source(shape, files));
            collectRejected();
        } catch (SQLException e) {
            if (files.size() == 1) {
                again.add(files.getFirst().toString());
            } else {
                // One of them is broken; half by half it is found.
                read(shape, files.subList(0, files.size() / 2));
                read(shape, files.subList(files.size() / 2, files.size()));
            }
        } finally {
            accesses.run("drop table if exists reject_errors");
            accesses.run("drop table if exists reject_scans");
        }
    }

    private static String source(Shape shape, List<LogFile> files) {
        String names = files.stream()
                .map(file -> "'" + file.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(","));
        String columns = IntStream.range(0, shape.columns())
                .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining(","));
        return "read_csv([" + names + "], delim = ' ', quote = '\"', escape = '', header = false, auto_detect = false,"
                + " columns = {" + columns + "}, strict_mode = true, null_padding = false, store_rejects = true,"
                + " rejects_limit = 0, max_line_size = " + LONGEST_LINE + ", buffer_size = " + BUFFER
                + ", filename = true, compression = '"
                + shape.compression().duckDb + "')";
    }

    /**
     * A line has an error for every column that is wrong. A quote that is left open swallows lines that follow, and what
     * DuckDB then tells of them is not all of them, and of a line that is too long it tells the beginning: such a file is read
     * again, line by line.
     */
    private void collectRejected() {
        accesses.each(
                "select s.file_path, r.line, min(r.csv_line), count(distinct r.csv_line),"
                        + " max(case when cast(r.error_type as varchar) = 'LINE SIZE OVER MAXIMUM'"
                        + " or cast(r.error_type as varchar) like 'INVALID %' then 1 else 0 end) from reject_errors r"
                        + " join reject_scans s on s.scan_id = r.scan_id and s.file_id = r.file_id group by all order by all",
                row -> {
                    String line = row.getString(3);
                    // Bytes that are no UTF-8 are question marks in what was set aside: two names could become one.
                    if (line == null || line.indexOf('\n') >= 0 || row.getLong(4) != 1 || row.getLong(5) != 0) {
                        again.add(row.getString(1));
                    } else if (!line.isBlank()) {
                        rejected.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                                .add(new Aside(
                                        row.getLong(2),
                                        line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
                    }
                });
    }
}

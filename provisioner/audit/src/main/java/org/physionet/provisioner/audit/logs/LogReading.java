package org.physionet.provisioner.audit.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.LogException;

/** Reads log files of one provider into the table of accesses, every entry once. */
public final class LogReading {
    private static final int TOLD = 20;

    private final Accesses accesses;
    private final String provider;
    private final Map<String, String> firstOfContent = new HashMap<>();
    private final Map<String, Long> readOf = new HashMap<>();
    private final Map<String, Long> rejectedOf = new HashMap<>();
    private final List<String> sameFiles = new ArrayList<>();
    private final List<Intake.Rejected> rejections = new ArrayList<>();
    private long fast;

    /** @param provider {@code gcp} or {@code aws} */
    public LogReading(Accesses accesses, String provider) {
        this.accesses = accesses;
        this.provider = provider;
    }

    /** @throws LogException if a file can not be opened */
    public Intake read(Collection<Path> paths) {
        Map<LogFile, Kind> files = new LinkedHashMap<>();
        Map<String, String> copies = new LinkedHashMap<>();
        for (Path path : paths) {
            try {
                LogFile file = LogFile.of(path);
                String first = firstOfContent.putIfAbsent(file.hash(), path.toString());
                if (first == null) {
                    files.put(file, Kind.of(file, provider));
                } else {
                    copies.put(path.toString(), first);
                }
            } catch (IOException e) {
                throw new LogException(path + " can not be read: " + e.getMessage(), e);
            }
        }
        List<LogFile> s3 = new ArrayList<>();
        files.forEach((file, kind) -> {
            if (kind == Kind.S3_ACCESS) {
                s3.add(file);
            } else {
                slowly(file, lane -> lane.read(file, kind));
            }
        });
        readS3(s3);
        long copied = 0;
        for (Map.Entry<String, String> copy : copies.entrySet()) {
            sameFiles.add(copy.getKey());
            copied += readOf.getOrDefault(copy.getValue(), 0L);
            readOf.put(copy.getKey(), readOf.getOrDefault(copy.getValue(), 0L));
            rejectedOf.put(copy.getKey(), rejectedOf.getOrDefault(copy.getValue(), 0L));
        }
        long repeated = dropRepeated();
        long read = sum(readOf);
        long rejected = sum(rejectedOf);
        return new Intake(
                paths.size(), read + rejected, read, rejected, copied + repeated, fast, sameFiles, rejections);
    }

    private void slowly(LogFile file, Consumer<SlowLane> reading) {
        try (Accesses.Batch batch = accesses.appendTo("access")) {
            Tally tally = new Tally(batch);
            reading.accept(new SlowLane(tally));
            readOf.merge(file.toString(), tally.read(), Long::sum);
            rejectedOf.merge(file.toString(), tally.rejected(), Long::sum);
            tally.rejections().stream().limit(TOLD - rejections.size()).forEach(rejections::add);
        }
    }

    private void readS3(List<LogFile> files) {
        S3FastLane.Result result = new S3FastLane(accesses).read(files);
        for (LogFile file : files) {
            String name = file.toString();
            long rows = result.rows().getOrDefault(name, 0L);
            fast += rows;
            readOf.put(name, rows);
            List<String> aside = result.rejected().getOrDefault(name, List.of());
            if (result.again().contains(name)) {
                slowly(file, lane -> lane.read(file, Kind.S3_ACCESS));
            } else if (!aside.isEmpty()) {
                slowly(file, lane -> lane.s3(file, aside));
            }
        }
    }

    /** Logs are delivered twice now and then, and split as one likes: an entry's own id tells. */
    private long dropRepeated() {
        long all = accesses.count("select count(*) from access");
        long different = accesses.count("select count(*) from (select distinct log, id from access)");
        if (all > different) {
            accesses.run("create or replace table access as select distinct on (log, id) * from access"
                    + " order by log, id, file, line");
        }
        return all - different;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}

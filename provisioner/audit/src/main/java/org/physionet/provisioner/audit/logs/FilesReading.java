package org.physionet.provisioner.audit.logs;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Incoming;
import org.physionet.provisioner.audit.access.LogException;

/** Reads files of one provider, each by the lane that is for it, and counts what came of each. */
final class FilesReading {
    /** Files whose rejected lines are told one by one. */
    private static final int TOLD = 50;

    /** What a parser of ours understood, on its way. */
    private static final String SLOW = "slowly_read";

    private final Accesses accesses;
    private final Incoming incoming;
    private final String provider;
    private final Map<String, Long> readOf = new HashMap<>();
    private final Map<String, Long> rejectedOf = new HashMap<>();
    private final List<Intake.Rejected> rejections = new ArrayList<>();
    private int filesTold;
    private long filesNotTold;
    private long linesNotTold;
    private long fast;

    FilesReading(Accesses accesses, Incoming incoming, String provider) {
        this.accesses = accesses;
        this.incoming = incoming;
        this.provider = provider;
    }

    /** @throws LogException if what was read can not be kept */
    void read(List<LogFile> files) {
        accesses.run("create or replace table " + SLOW + " (" + Accesses.COLUMNS + ")");
        List<LogFile> s3 = new ArrayList<>();
        for (LogFile file : files) {
            Kind kind = Kind.of(file, provider);
            if (kind == Kind.S3_ACCESS) {
                s3.add(file);
            } else {
                slowly(file, lane -> lane.read(file, kind));
            }
        }
        if (!s3.isEmpty()) {
            readS3(s3);
        }
        try {
            if (accesses.count("select count(*) from " + SLOW) > 0) {
                incoming.add("select * from " + SLOW);
            }
        } catch (SQLException e) {
            throw new LogException("what was read can not be kept: " + e.getMessage(), e);
        }
        accesses.run("drop table " + SLOW);
    }

    long readOf(String name) {
        return readOf.getOrDefault(name, 0L);
    }

    long rejectedOf(String name) {
        return rejectedOf.getOrDefault(name, 0L);
    }

    long fast() {
        return fast;
    }

    /** The first few of each file, and how many more there are. */
    List<Intake.Rejected> rejections() {
        List<Intake.Rejected> told = new ArrayList<>(rejections);
        if (filesNotTold > 0) {
            told.add(new Intake.Rejected(filesNotTold + " more files", null, linesNotTold + " lines"));
        }
        return told;
    }

    private void slowly(LogFile file, Consumer<SlowLane> reading) {
        try (Accesses.Batch batch = accesses.appendTo(SLOW)) {
            Tally tally = new Tally(batch);
            reading.accept(new SlowLane(tally));
            readOf.merge(file.toString(), tally.read(), Long::sum);
            rejectedOf.merge(file.toString(), tally.rejected(), Long::sum);
            tell(tally);
        }
    }

    private void tell(Tally tally) {
        if (tally.rejected() == 0) {
            return;
        }
        if (filesTold < TOLD) {
            filesTold++;
            rejections.addAll(tally.rejections());
        } else {
            filesNotTold++;
            linesNotTold += tally.rejected();
        }
    }

    private void readS3(List<LogFile> files) {
        S3FastLane.Result result = new S3FastLane(accesses, incoming).read(files);
        for (LogFile file : files) {
            String name = file.toString();
            long rows = result.rows().getOrDefault(name, 0L);
            fast += rows;
            readOf.put(name, rows);
            List<S3FastLane.Aside> aside = result.rejected().getOrDefault(name, List.of());
            if (result.again().contains(name)) {
                slowly(file, lane -> lane.read(file, Kind.S3_ACCESS));
            } else if (!aside.isEmpty()) {
                slowly(file, lane -> lane.s3(file, aside));
            }
        }
    }
}

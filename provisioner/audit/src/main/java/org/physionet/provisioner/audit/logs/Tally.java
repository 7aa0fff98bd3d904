package org.physionet.provisioner.audit.logs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Accesses;

/** What came of the lines of one file, on its way into the table. */
final class Tally {
    /** Of each file: one that is no log at all must not hide the lines of the others. */
    private static final int TOLD = 3;

    private final Accesses.Batch batch;
    private final List<Intake.Rejected> rejections = new ArrayList<>();
    private long understood;
    private long rejected;

    Tally(Accesses.Batch batch) {
        this.batch = batch;
    }

    void add(Access access) {
        batch.add(access);
        understood++;
    }

    /** A line that is no access, and that is known. */
    void understood() {
        understood++;
    }

    void reject(String file, @Nullable Long line, String why) {
        rejected++;
        if (rejections.size() < TOLD) {
            rejections.add(new Intake.Rejected(file, line, why));
        }
    }

    long read() {
        return understood;
    }

    long rejected() {
        return rejected;
    }

    /** The first few, and how many more there are. */
    List<Intake.Rejected> rejections() {
        List<Intake.Rejected> told = new ArrayList<>(rejections);
        if (rejected > told.size()) {
            told.add(new Intake.Rejected(told.getFirst().file(), null, (rejected - told.size()) + " more lines"));
        }
        return told;
    }
}

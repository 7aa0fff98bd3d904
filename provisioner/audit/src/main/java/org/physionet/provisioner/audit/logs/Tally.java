package org.physionet.provisioner.audit.logs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Accesses;

/** What came of the lines of one file, on its way into the table. */
final class Tally {
    private static final int TOLD = 20;

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

    List<Intake.Rejected> rejections() {
        return rejections;
    }
}

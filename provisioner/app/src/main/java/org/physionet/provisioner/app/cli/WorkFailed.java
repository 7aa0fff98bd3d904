package org.physionet.provisioner.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something outside failed: a database, a source, a cloud, a disk. Exit code 1. */
public final class WorkFailed extends Failure {
    private static final long serialVersionUID = 1;

    public WorkFailed(Problem problem, @Nullable Throwable cause) {
        super(Exit.FAILED, List.of(problem), cause);
    }
}

package org.physionet.provisioner.app.cli;

import java.util.List;

/** The command, a file or the configuration is wrong; nothing was touched. Exit code 2. */
public final class UsageError extends Failure {
    private static final long serialVersionUID = 1;

    public UsageError(Problem problem) {
        this(List.of(problem));
    }

    /** @param problems at least one; all that were found at once, so that a person mends them in one go */
    public UsageError(List<Problem> problems) {
        super(Exit.WRONG, problems, null);
    }
}

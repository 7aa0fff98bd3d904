package org.physionet.provisioner.app.cli;

import java.util.List;

/** The program refuses to go on until a person decides: a lost record, an unhealthy source. Exit code 3. */
public final class HeldBack extends Failure {
    private static final long serialVersionUID = 1;

    public HeldBack(Problem problem) {
        super(Exit.HELD, List.of(problem), null);
    }
}

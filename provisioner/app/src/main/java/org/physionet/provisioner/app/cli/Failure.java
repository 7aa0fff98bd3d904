package org.physionet.provisioner.app.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ends a command with a message for people and an exit code; one type for each class of error. */
public abstract sealed class Failure extends RuntimeException permits UsageError, WorkFailed, HeldBack {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;
    private final Exit exit;

    Failure(Exit exit, List<Problem> problems, @Nullable Throwable cause) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")), cause);
        this.exit = exit;
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    public Exit exit() {
        return exit;
    }
}

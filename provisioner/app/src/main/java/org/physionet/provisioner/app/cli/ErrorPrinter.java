package org.physionet.provisioner.app.cli;

import java.io.PrintStream;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.engine.store.StoreException;

/** Turns whatever ended a command into a message for people and an exit code. */
public final class ErrorPrinter {
    private final Invocation invocation;

    public ErrorPrinter(Invocation invocation) {
        this.invocation = invocation;
    }

    /** @return the exit code */
    public int print(Throwable thrown) {
        return switch (thrown) {
            case ClosablePipe.ClosedPipe _ -> Exit.CLOSED_PIPE.code();
            case Failure failure -> {
                failure.problems().forEach(this::say);
                trace(failure);
                yield failure.exit().code();
            }
            case StoreException failure -> {
                say(Problem.of(String.valueOf(failure.getMessage())));
                trace(failure);
                yield Exit.FAILED.code();
            }
            default -> {
                say(Problem.of("The program failed unexpectedly: " + thrown)
                        .next("run the command again with --verbose and report what it prints"));
                trace(thrown);
                yield Exit.FAILED.code();
            }
        };
    }

    private void say(Problem problem) {
        invocation.surroundings().err().println(Visible.lines("provisioner: " + problem.text()));
    }

    private void trace(Throwable thrown) {
        if (invocation.options().verbose()) {
            PrintStream err = invocation.surroundings().err();
            thrown.printStackTrace(err);
        }
        invocation.surroundings().err().flush();
    }
}

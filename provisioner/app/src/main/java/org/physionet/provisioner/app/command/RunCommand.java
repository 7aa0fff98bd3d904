package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.Durations;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.OverdueAlert;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: plan and apply under the guards, once; never asks. */
@Command(
        name = "run",
        footer = {
            "  provisioner run                         what a scheduler calls",
            "  provisioner run --dataset mimiciv/3.1   only what one dataset needs"
        })
public final class RunCommand implements Callable<Integer> {
    static final Duration USUAL_DEADLINE = Duration.ofMinutes(55);

    private final Invocation invocation;

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private ActingOptions acting = new ActingOptions();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "start nothing new after this long, e.g. 10m (default: 55m)")
    private @Nullable String deadline;

    public RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Actor actor = wiring.actor(acting.onBehalfOf());
            RunRequest request = new RunRequest(
                    "run", actor.name(), actor.onBehalfOf(), scope.scope(wiring), Optional.empty(), deadline());
            RunReport report = wiring.reconciler().run(request, wiring.reading());
            int code = Runs.print(invocation, wiring, report);
            wiring.ledger().publishIfDue(wiring.store());
            OverdueAlert.of(
                            wiring.store(),
                            wiring.configuration(),
                            invocation.surroundings().clock().instant())
                    .ifPresent(invocation.surroundings().err()::println);
            return code;
        }
    }

    private Duration deadline() {
        if (deadline == null) {
            return USUAL_DEADLINE;
        }
        return Durations.parse(deadline)
                .orElseThrow(() -> new UsageError(Problem.of("The value of --deadline can not be understood")
                        .expected("a time such as 90s, 10m or 1h")
                        .found("\"" + deadline + "\"")));
    }
}

package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.engine.reconcile.RunRequest.Approved;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apply FILE}: plans again and applies exactly the changes of a plan file. */
@Command(
        name = "apply",
        footer = {
            "  provisioner plan --out monday.plan && provisioner apply monday.plan",
            "  provisioner apply monday.plan --yes --skip-moved"
        })
public final class ApplyCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", description = "what plan --out wrote")
    private Path file = Path.of("");

    @Option(names = "--skip-moved", description = "leave out changes that are no longer planned, instead of refusing")
    private boolean skipMoved;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public ApplyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Path path = invocation.surroundings().workingFolder().resolve(file);
            Set<Approved> approved = PlanFile.read(path, wiring.kinds());
            Reconciler reconciler = wiring.reconciler();
            Set<Approved> moved = Reconciler.moved(
                    approved,
                    reconciler.preview(wiring.reading(), Scope.ALL, null).plan());
            if (!moved.isEmpty() && !skipMoved) {
                throw new UsageError(Problem.of(moved.size() + " of the " + approved.size()
                                + " changes are no longer planned; nothing was touched")
                        .at(path.toString())
                        .found(moved.stream()
                                        .limit(SHOWN)
                                        .map(ApplyCommand::text)
                                        .collect(Collectors.joining("; "))
                                + (moved.size() > SHOWN ? "; …" : ""))
                        .next("make a new plan, or leave them out with --skip-moved"));
            }
            moved.forEach(m -> invocation.note("no longer planned, left out: " + text(m)));
            invocation.confirm("Apply " + (approved.size() - moved.size()) + " changes");
            Actor actor = wiring.actor(acting.onBehalfOf());
            RunReport report = reconciler.run(
                    new RunRequest(
                            "apply",
                            actor.name(),
                            actor.onBehalfOf(),
                            Scope.ALL,
                            Optional.of(approved),
                            RunCommand.USUAL_DEADLINE),
                    wiring.reading());
            return Runs.print(invocation, wiring, report);
        }
    }

    private static String text(Approved approved) {
        return approved.action() + " " + approved.principal() + " at " + approved.resource();
    }
}

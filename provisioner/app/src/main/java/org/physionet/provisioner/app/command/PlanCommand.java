package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.planning.Growth;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: what would change, why, and what it costs; changes nothing. */
@Command(
        name = "plan",
        footer = {
            "  provisioner plan                          what the next run would do",
            "  provisioner plan --out monday.plan        keep it, for apply",
            "  provisioner plan --dataset mimiciv/3.1 --details",
            "  provisioner plan --exit-code --quiet      4 if there is something to do"
        })
public final class PlanCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--out", paramLabel = "FILE", description = "write the plan to FILE, for apply")
    private @Nullable Path out;

    @Option(names = "--details", description = "every change, however many")
    private boolean details;

    @Option(names = "--exit-code", description = "end with 4 if there are changes")
    private boolean exitCode;

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private AtOption at = new AtOption();

    public PlanCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant asked = at.asked(invocation);
            Scope limited = scope.scope(wiring);
            Reconciler.Preview preview = wiring.reconciler().preview(wiring.reading(), limited, asked);
            Plan plan = preview.plan();
            Instant now = invocation.surroundings().clock().instant();
            List<String> advice = new PlanAdvice(
                            wiring.clouds(),
                            wiring.catalog().choices(),
                            wiring::view,
                            () -> wiring.store().answers().endings(now.minus(Growth.WINDOW)),
                            now)
                    .of(plan);
            Fields document = PlanDocument.of(plan, preview.forecast(), advice);
            if (out != null) {
                PlanFile.write(invocation.surroundings().workingFolder().resolve(out), document, asked != null);
                invocation.note("The plan is in " + out + "; provisioner apply " + out + " does it");
            }
            invocation
                    .answer()
                    .document(
                            document,
                            text -> new PlanText(
                                            plan,
                                            preview.forecast(),
                                            advice,
                                            wiring.directory(),
                                            invocation.paint(),
                                            details)
                                    .print(text),
                            answer -> answer.rows(PlanDocument.COLUMNS, plan.changes().stream()));
            if (wiring.reading() instanceof SourceReading.Unreadable unreadable) {
                invocation.note("The source can not be read: " + unreadable.why());
                return Exit.FAILED.code();
            }
            if (plan.refusal().isPresent()) {
                return Exit.HELD.code();
            }
            if (plan.resources().stream().anyMatch(r -> r.observation() == null)) {
                return Exit.FAILED.code();
            }
            boolean something =
                    !plan.changes().isEmpty() || !preview.forecast().upkeep().isEmpty();
            return exitCode && something ? Exit.CHANGES.code() : Exit.DONE.code();
        }
    }
}

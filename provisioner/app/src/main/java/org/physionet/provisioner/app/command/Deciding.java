package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.HeldBack;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.store.DriftDecisions.Choice;
import org.physionet.provisioner.engine.store.DriftDecisions.Decided;
import org.physionet.provisioner.store.OpenMode;

/** {@code drift restore|remove|adopt|ignore}: one person's decision about one finding, told in the ledger, then carried out. */
final class Deciding {
    private static final int SHOWN = 10;

    private final Invocation invocation;
    private final DecisionOptions options;

    Deciding(Invocation invocation, DecisionOptions options) {
        this.invocation = invocation;
        this.options = options;
    }

    /** @param until only for {@link Choice#IGNORE} */
    int run(Choice choice, @Nullable Instant until) {
        String reason = options.reason();
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            SourceReading reading = wiring.reading();
            Reconciler.Preview preview =
                    wiring.reconciler().preview(reading, options.scope().scope(wiring), null);
            Drift drift = one(options.finding(), new Differences(preview, wiring.clouds()).find());
            Remedy remedy = new Remedy(wiring, reading, options.onBehalfOf());
            Objection.to(choice, drift).ifPresent(problem -> {
                throw new UsageError(problem);
            });
            refuseWhatCanNotBe(choice, drift, preview, remedy);
            invocation.confirm(question(choice, drift));
            Decided decision = new Decided(
                    drift.id(),
                    drift.finding(),
                    drift.at().id(),
                    drift.principal(),
                    choice,
                    drift.reasons(),
                    drift.fingerprint(),
                    until,
                    wiring.actor(options.onBehalfOf()).text(),
                    reason,
                    invocation.surroundings().clock().instant());
            wiring.store().decisions().decide(decision);
            Remedy.Outcome outcome = choice == Choice.IGNORE ? Remedy.RECORDED : remedy.carryOut(choice, drift);
            print(wiring, drift, decision, outcome);
            return wiring.ledger().published(wiring.store(), outcome.exitCode());
        }
    }

    private static Drift one(String id, List<Drift> all) {
        List<Drift> matching =
                all.stream().filter(d -> !id.isBlank() && d.id().startsWith(id)).toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        List<Drift> open =
                all.stream().filter(d -> !(d.cure() instanceof Cure.None)).toList();
        String now =
                open.stream().limit(SHOWN).map(d -> d.id() + " " + about(d)).collect(Collectors.joining("; "));
        throw new UsageError(Problem.of(
                        matching.isEmpty()
                                ? "There is no finding \"" + id + "\" now; nothing was touched"
                                : "\"" + id + "\" is the beginning of " + matching.size() + " findings")
                .found(open.isEmpty() ? "everything as it should be" : now + (open.size() > SHOWN ? "; …" : ""))
                .next("provisioner drift shows what is there"));
    }

    /** Before anything is told in the ledger: what no run would do now, and what is not ours to take away. */
    private static void refuseWhatCanNotBe(Choice choice, Drift drift, Reconciler.Preview preview, Remedy remedy) {
        if (choice == Choice.IGNORE) {
            return;
        }
        preview.plan().refusal().ifPresent(why -> {
            throw new HeldBack(Problem.of(why));
        });
        if (choice == Choice.ADOPT) {
            return;
        }
        if (drift.cure() instanceof Cure.Edge edge) {
            if (edge.caseId() != null) {
                throw new HeldBack(Problem.of("A guard holds this, with others of the same cause; nothing was touched")
                        .next("provisioner guards show " + edge.caseId() + ", then provisioner guards release "
                                + edge.caseId()));
            }
            if (edge.heldBy() != null) {
                throw new UsageError(
                        Problem.of("Nothing may be done there now: " + edge.heldBy() + "; nothing was touched"));
            }
        }
        remedy.objections(drift, preview).stream().findFirst().ifPresent(why -> {
            throw new UsageError(Problem.of(why + "; nothing was touched"));
        });
    }

    /** Several ways in at one resource have no principal of ours: what was seen tells them apart. */
    private static String about(Drift drift) {
        String who = drift.principal() != null ? drift.principal() : String.join(", ", drift.reasons());
        return drift.finding() + (who.isEmpty() ? "" : " " + who) + " at "
                + drift.at().id();
    }

    private static String question(Choice choice, Drift drift) {
        String about = Visible.text(about(drift));
        return switch (choice) {
            case RESTORE -> "Restore what should be: " + about;
            case REMOVE ->
                "Take out of the cloud: " + about
                        + (drift.cure() instanceof Cure.Readers(int count) ? ", " + count + " readers" : "");
            case ADOPT -> "Take into the record: " + about;
            case IGNORE -> "Ignore: " + about;
        };
    }

    private void print(Wiring wiring, Drift drift, Decided decision, Remedy.Outcome outcome) {
        DriftRows rows = new DriftRows(wiring.directory(), List.of());
        invocation
                .answer()
                .document(
                        outcome.fields(Answer.fields(drift, rows.columns()), decision),
                        out -> {
                            out.println(outcome.what() + ": "
                                    + decision.choice().text() + " "
                                    + Visible.text(about(drift)));
                            outcome.notes().forEach(note -> out.println("  " + Visible.text(note)));
                        },
                        answer -> answer.rows(rows.columns(), java.util.stream.Stream.of(drift)));
        outcome.problems()
                .forEach(problem -> invocation.surroundings().err().println(Visible.lines("provisioner: " + problem)));
        if (outcome.exitCode() == Exit.HELD.code()) {
            invocation.note("A guard holds it: provisioner guards list; release it, then decide again.");
        }
    }
}

package org.physionet.provisioner.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Adoption;
import org.physionet.provisioner.engine.reconcile.Mending;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.engine.reconcile.RunRequest.Approved;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.store.DriftDecisions.Choice;
import org.physionet.provisioner.engine.store.DriftDecisions.Decided;

/** Carries a decision about drift out: one edge by a run of its own, everything else by mending the documents. */
final class Remedy {
    static final Outcome RECORDED = new Outcome("recorded", null, Exit.DONE.code(), List.of(), List.of());

    private final Wiring wiring;
    private final SourceReading reading;
    private final Actor actor;

    Remedy(Wiring wiring, SourceReading reading, @Nullable String onBehalfOf) {
        this.wiring = wiring;
        this.reading = reading;
        this.actor = wiring.actor(onBehalfOf);
    }

    /**
     * What became of a decision.
     *
     * @param what {@code recorded}, {@code proven}, {@code held} or {@code open}
     * @param run that carried it out; null: there was nothing to do in a cloud
     * @param notes what was done, for people
     */
    record Outcome(String what, @Nullable String run, int exitCode, List<String> notes, List<String> problems) {
        Fields fields(Fields finding, Decided decision) {
            return new Fields()
                    .text("id", decision.finding())
                    .text("choice", decision.choice().text())
                    .text("outcome", what)
                    .text("run", run)
                    .instant("until", decision.until())
                    .text("actor", decision.actor())
                    .text("reason", decision.reason())
                    .object("finding", finding)
                    .texts("done", notes)
                    .texts("problems", problems);
        }
    }

    /** Why a way in is not for the engine to take away; empty: it is. */
    List<String> objections(Drift drift, Reconciler.Preview preview) {
        if (!(drift.cure() instanceof Cure.Way way)) {
            return List.of();
        }
        Adapter adapter =
                Objects.requireNonNull(wiring.clouds().adapters().get(drift.at().provider()));
        Observation observation = preview.plan().resources().stream()
                .filter(plan -> plan.resource().id().equals(drift.at().id()))
                .findFirst()
                .map(plan -> plan.observation())
                .orElse(null);
        boolean ours = observation != null
                && adapter.removal(drift.at(), observation, way.who(), way.way())
                        .isPresent();
        return ours
                ? List.of()
                : List.of("This is not for the engine to take away: it is inherited from above, or an owner's or a"
                        + " service's, whom nobody is to lock out. Take it away where it is given: " + way.way());
    }

    Outcome carryOut(Choice choice, Drift drift) {
        if (choice == Choice.ADOPT) {
            return adopt(drift);
        }
        String trigger = "drift " + drift.id();
        Mending mending = new Mending(wiring.site(), wiring.reconciler(), trigger, actor.name(), actor.onBehalfOf());
        return switch (drift.cure()) {
            case Cure.Edge edge -> edge(trigger, edge.change());
            case Cure.Lease lease -> mended(mending.narrow(reading, drift.at(), lease.principal()));
            case Cure.Documents _ -> mended(mending.rewrite(reading, drift.at()));
            case Cure.Way way -> mended(mending.takeAway(reading, drift.at(), way.who(), way.way()));
            case Cure.Readers _ -> ofRun(run(trigger, Scope.emptying(drift.at().id()), Optional.empty()));
            case Cure.None _ -> throw new IllegalStateException("nothing to decide about " + drift.id());
        };
    }

    private Outcome edge(String trigger, Change change) {
        return ofRun(run(
                trigger, Scope.edge(change.resource(), change.principal()), Optional.of(Set.of(Approved.of(change)))));
    }

    private RunReport run(String trigger, Scope scope, Optional<Set<Approved>> only) {
        return wiring.reconciler()
                .run(
                        new RunRequest(
                                trigger, actor.name(), actor.onBehalfOf(), scope, only, RunCommand.USUAL_DEADLINE),
                        reading);
    }

    private static Outcome ofRun(RunReport report) {
        List<String> done = report.proven().stream()
                .map(c -> c.action().text() + " " + c.principal() + ", read back")
                .toList();
        List<String> problems = new ArrayList<>(report.problems());
        report.opened()
                .forEach(held -> problems.add(
                        "held by a guard: " + held.cause() + " (provisioner guards show " + held.id() + ")"));
        boolean held = report.exitCode() == Exit.HELD.code();
        boolean whole = report.open().isEmpty() && !done.isEmpty() && !held;
        int code = report.exitCode() == Exit.DONE.code() && !whole ? Exit.FAILED.code() : report.exitCode();
        if (report.exitCode() == Exit.DONE.code() && !whole) {
            problems.add("it is no longer planned: provisioner drift shows what is there now");
        }
        return new Outcome(
                held ? "held" : whole ? "proven" : "open", report.run().value(), code, done, problems);
    }

    private static Outcome mended(Mending.Report report) {
        List<String> done = report.done().stream()
                .map(upkeep -> upkeep.what() + ", read back")
                .toList();
        boolean whole = report.problems().isEmpty();
        return new Outcome(
                whole ? "proven" : "open",
                report.run().value(),
                whole ? Exit.DONE.code() : Exit.FAILED.code(),
                done,
                report.problems());
    }

    private Outcome adopt(Drift drift) {
        Cure.Edge edge = (Cure.Edge) drift.cure();
        Adoption.Report report = new Adoption(wiring.site(), wiring.reconciler())
                .adoptEntry(
                        reading,
                        drift.at().id(),
                        edge.change().principal(),
                        "drift " + drift.id(),
                        actor.name(),
                        actor.onBehalfOf());
        List<String> notes = report.lines().stream()
                .map(line -> line.principal() + ": " + line.standing().name().toLowerCase(java.util.Locale.ROOT)
                        + (line.researcher() == null ? "" : ", researcher " + line.researcher())
                        + (line.reasons().isEmpty() ? "" : " (" + String.join(", ", line.reasons()) + ")"))
                .toList();
        boolean whole = report.problems().isEmpty();
        return new Outcome(
                whole ? "recorded" : "open",
                report.run().value(),
                whole ? Exit.DONE.code() : Exit.FAILED.code(),
                notes,
                report.problems());
    }
}

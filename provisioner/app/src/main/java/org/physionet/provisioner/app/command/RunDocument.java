package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.Quarantined;

/** What a run did, for people and for machines: {@code run}, {@code apply}, {@code grant}, {@code revoke}. */
final class RunDocument {
    /** A change and whether it was read back as wanted. */
    private record Done(Change change, boolean proven) {}

    private static final List<Column<Done>> COLUMNS = List.of(
            Column.<Done>text("action", d -> d.change().action().text()),
            Column.text(
                    "researcher",
                    d -> d.change().researcher() == null
                            ? null
                            : d.change().researcher().value()),
            Column.text("dataset", d -> d.change().dataset().toString()),
            Column.text("resource", d -> d.change().resource().text()),
            Column.text("principal", d -> d.change().principal().text()),
            Column.text("outcome", d -> d.proven() ? "proven" : "open"),
            Column.texts("reasons", d -> d.change().reasons()),
            Column.instant("expiresAt", d -> d.change().expiresAt()));

    private final RunReport report;
    private final Directory directory;
    private final Paint paint;

    RunDocument(RunReport report, Directory directory, Paint paint) {
        this.report = report;
        this.directory = directory;
        this.paint = paint;
    }

    void rows(Answer answer) {
        answer.rows(COLUMNS, done().stream());
    }

    Fields fields() {
        Plan plan = report.plan();
        return new Fields()
                .name("run", report.run())
                .text("fingerprint", plan == null ? null : plan.fingerprint())
                .instant("at", plan == null ? null : plan.at())
                .number("exitCode", report.exitCode())
                .object(
                        "summary",
                        new Fields()
                                .number("granted", PlanDocument.count(report.proven(), Action.GRANT))
                                .number("revoked", PlanDocument.count(report.proven(), Action.REVOKE))
                                .number("open", report.open().size())
                                .number("keep", plan == null ? 0 : plan.kept())
                                .number(
                                        "guarded",
                                        plan == null ? 0 : plan.guarded().size())
                                .number("quarantined", report.quarantined().size()))
                .objects("changes", done().stream().map(RunDocument::change).toList())
                .objects("upkeep", PlanDocument.upkeep(report.upkeep()))
                .objects(
                        "guarded",
                        plan == null
                                ? List.of()
                                : plan.guarded().stream()
                                        .map(PlanDocument::guarded)
                                        .toList())
                .objects(
                        "quarantined",
                        report.quarantined().stream()
                                .map(RunDocument::quarantined)
                                .toList())
                .objects(
                        "opened",
                        report.opened().stream().map(GuardsCommand::fields).toList())
                .text("sourceTrouble", report.sourceTrouble().orElse(null))
                .object(
                        "calls",
                        new Fields()
                                .counts("predicted", report.predictedCalls())
                                .counts("actual", report.actualCalls()))
                .texts("problems", report.problems())
                .texts(
                        "notes",
                        plan == null
                                ? List.of()
                                : PlanDocument.notes(plan).stream()
                                        .filter(note -> !report.problems().contains(note))
                                        .toList());
    }

    private List<Done> done() {
        List<Done> all = new ArrayList<>();
        report.proven().forEach(c -> all.add(new Done(c, true)));
        report.open().forEach(c -> all.add(new Done(c, false)));
        return all;
    }

    private static Fields change(Done done) {
        return PlanDocument.change(done.change()).text("outcome", done.proven() ? "proven" : "open");
    }

    static Fields quarantined(Quarantined entry) {
        return new Fields()
                .name("principal", entry.principal())
                .name("resource", entry.resource())
                .text("reason", entry.reason())
                .flag("confirmed", entry.confirmed())
                .number("refusals", entry.refusals())
                .instant("since", entry.since())
                .instant("retryAt", entry.retryAt());
    }

    void print(PrintStream out) {
        for (Done done : done()) {
            Change change = done.change();
            String verb = change.action() == Action.GRANT ? paint.good("granted") : paint.bad("revoked");
            String state = done.proven() ? verb : paint.warn("open   ");
            out.println(state + "  " + Visible.text(who(change) + "  " + change.principal() + "  " + change.resource())
                    + (change.reasons().isEmpty() ? "" : "  (" + String.join(", ", change.reasons()) + ")"));
        }
        report.upkeep()
                .forEach(
                        u -> out.println(paint.faint("upkeep ") + "  " + Visible.text(u.resource() + ": " + u.what())));
        for (GuardCase opened : report.opened()) {
            out.println(paint.warn("held   ") + "  " + opened.people() + " researchers: " + Visible.text(opened.cause())
                    + " (" + opened.id() + "; provisioner guards show " + opened.id() + ")");
        }
        for (Quarantined entry : report.quarantined()) {
            out.println(paint.warn("refused") + "  "
                    + Visible.text(entry.principal() + " at " + entry.resource() + ": " + entry.reason()));
        }
        report.sourceTrouble().ifPresent(t -> out.println(paint.warn("source ") + "  " + Visible.text(t)));
        Plan plan = report.plan();
        Set<String> said = new HashSet<>();
        report.sourceTrouble().ifPresent(said::add);
        report.problems().forEach(p -> problem(out, p, said));
        if (plan != null) {
            PlanDocument.notes(plan).stream()
                    .filter(said::add)
                    .forEach(note -> out.println(paint.faint("note   ") + "  " + Visible.text(note)));
        }
        summary(out, plan);
    }

    private void problem(PrintStream out, String problem, Set<String> said) {
        if (said.add(problem)) {
            out.println(paint.bad("problem") + "  " + Visible.text(problem));
        }
    }

    private String who(Change change) {
        ResearcherId id = change.researcher();
        if (id == null) {
            return "(nobody known)";
        }
        String username = directory.username(id);
        return username == null ? id.value() : username + " (" + id + ")";
    }

    private void summary(PrintStream out, @org.jspecify.annotations.Nullable Plan plan) {
        if (plan == null) {
            return;
        }
        int calls = report.actualCalls().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        out.println(PlanDocument.count(report.proven(), Action.REVOKE) + " revoked, "
                + PlanDocument.count(report.proven(), Action.GRANT) + " granted, each read back; " + plan.kept()
                + " kept, "
                + plan.guarded().size() + " held, " + report.open().size() + " open; " + calls + " calls. "
                + report.run());
    }
}

package org.physionet.provisioner.app.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.reconcile.Forecast;
import org.physionet.provisioner.engine.reconcile.Upkeep;
import org.physionet.provisioner.engine.store.EdgeChange.Action;

/** A plan as CONTRACT's JSON ("Output of record"); the same for {@code plan}, plan files and runs. */
final class PlanDocument {
    static final List<Column<Change>> COLUMNS = List.of(
            Column.<Change>text("action", c -> c.action().text()),
            Column.text(
                    "researcher",
                    c -> c.researcher() == null ? null : c.researcher().value()),
            Column.text("dataset", c -> c.dataset().toString()),
            Column.text("resource", c -> c.resource().text()),
            Column.text("principal", c -> c.principal().text()),
            Column.texts("reasons", Change::reasons),
            Column.instant("expiresAt", Change::expiresAt));

    private PlanDocument() {}

    /** @param advice what to know beside the plan */
    static Fields of(Plan plan, Forecast forecast, List<String> advice) {
        return new Fields()
                .text("fingerprint", plan.fingerprint())
                .instant("at", plan.at())
                .object(
                        "summary",
                        new Fields()
                                .number("grant", count(plan.changes(), Action.GRANT))
                                .number("revoke", count(plan.changes(), Action.REVOKE))
                                .number("keep", plan.kept())
                                .number("guarded", plan.guarded().size())
                                .number("calls", forecast.total())
                                .number("estimatedSeconds", forecast.seconds()))
                .objects(
                        "changes",
                        plan.changes().stream().map(PlanDocument::change).toList())
                .objects(
                        "guarded",
                        plan.guarded().stream().map(PlanDocument::guarded).toList())
                .objects(
                        "quarantined",
                        plan.quarantined().stream().map(PlanDocument::change).toList())
                .objects("upkeep", upkeep(forecast.upkeep()))
                .objects("notDone", notDone(plan))
                .texts("notes", notes(plan, advice));
    }

    static List<Fields> upkeep(List<Upkeep> all) {
        return all.stream()
                .map(u -> new Fields()
                        .name("resource", u.resource())
                        .text("document", u.document())
                        .text("what", u.what()))
                .toList();
    }

    static long count(List<Change> changes, Action action) {
        return changes.stream().filter(c -> c.action() == action).count();
    }

    static Fields change(Change change) {
        return new Fields()
                .text("action", change.action().text())
                .name("researcher", change.researcher())
                .name("dataset", change.dataset())
                .name("resource", change.resource())
                .name("principal", change.principal())
                .texts("reasons", change.reasons())
                .instant("expiresAt", change.expiresAt());
    }

    static Fields guarded(Plan.Guarded held) {
        return change(held.change()).text("case", held.caseId()).text("cause", held.cause());
    }

    /** What the mode of a resource forbids. */
    private static List<Fields> notDone(Plan plan) {
        List<Fields> all = new ArrayList<>();
        for (ResourcePlan resource : plan.resources()) {
            resource.wouldChange()
                    .forEach(c -> all.add(change(c).text("mode", resource.mode().text())));
        }
        return all;
    }

    static List<String> notes(Plan plan) {
        List<String> notes = new ArrayList<>();
        plan.refusal().ifPresent(notes::add);
        notes.addAll(plan.notes());
        plan.resources()
                .forEach(r -> r.notes().forEach(n -> notes.add(r.resource().id() + ": " + n)));
        return notes;
    }

    static List<String> notes(Plan plan, List<String> advice) {
        List<String> notes = notes(plan);
        notes.addAll(advice);
        return notes;
    }

    static String who(@Nullable Object researcher, String principal) {
        return researcher == null ? principal : researcher + " " + principal;
    }
}

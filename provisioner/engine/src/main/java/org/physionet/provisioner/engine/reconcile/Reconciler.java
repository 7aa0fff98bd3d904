package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.Planner;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.planning.Situation;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.Store;

/**
 * The one path of every run, scheduled or commanded: read, observe, plan, apply, prove, record. Level-triggered: whatever
 * a crash or a lost event left behind, the next run sees it as a difference.
 */
public final class Reconciler {
    private final Site site;
    private final CallCounter calls;
    private final Supplier<Haste> haste;

    /** @param calls the listener that the site's adapters were connected with */
    public Reconciler(Site site, CallCounter calls) {
        this(site, calls, Haste.NEVER);
    }

    /** @param haste asked again and again during a run */
    public Reconciler(Site site, CallCounter calls, Supplier<Haste> haste) {
        this.site = site;
        this.calls = calls;
        this.haste = haste;
    }

    /**
     * A plan with what it would cost.
     *
     * @param situation what it was made from
     */
    public record Preview(Plan plan, Forecast forecast, Situation situation) {}

    /**
     * Plans and changes nothing, neither in a cloud nor in the record.
     *
     * @param at null: now; else the clock is set to it, over today's source and holds
     */
    public Preview preview(SourceReading reading, Scope scope, @Nullable Instant at) {
        return preview(reading, scope, at, _ -> {});
    }

    /** @param beforeLooking is told which resources are about to be read */
    Preview preview(
            SourceReading reading, Scope scope, @Nullable Instant at, Consumer<Collection<Resource>> beforeLooking) {
        Patience patience = patience(Duration.ofMinutes(10));
        RecordView record = site.store().view();
        Instant instant = at == null ? patience.now() : at;
        Situation situation =
                new Survey(site, patience, beforeLooking).situation(reading, record, scope, instant, at != null);
        Plan plan = Planner.plan(situation);
        return previewed(plan, situation, record, reading);
    }

    /** Plans and applies under the guards, once. Never asks. What fails is in the report, not an exception. */
    public RunReport run(RunRequest request, SourceReading reading) {
        Store store = site.store();
        Instant began = site.clock().instant();
        RunId id = new RunId(site.ids().next("run"));
        if (!request.scope().everything()) {
            return perform(id, request, reading, began, haste, () -> null);
        }
        RunLease lease = RunLease.take(site).orElse(null);
        if (lease == null) {
            return RunReport.busy(id, store.leaseOf(RunLease.NAME, began));
        }
        try {
            return perform(id, request, reading, began, lease.haste(haste), lease::lease);
        } finally {
            lease.release();
        }
    }

    private RunReport perform(
            RunId id,
            RunRequest request,
            SourceReading reading,
            Instant began,
            Supplier<Haste> hurry,
            Supplier<@Nullable Lease> whole) {
        Store store = site.store();
        SortedMap<String, Integer> callsBefore = calls.counts();
        SortedMap<String, Integer> outcomesBefore = calls.outcomes();
        store.beginRun(new RunRecord(id, request.trigger(), request.actor(), request.onBehalfOf(), began, null, null));
        Patience patience = patience(request.deadline(), hurry);
        String fingerprint = "";
        Map<String, Integer> predicted = Map.of();
        try {
            Vacancies vacancies = new Vacancies(store, site.clock());
            Preview preview = planned(request.scope(), reading, patience, began, vacancies);
            fingerprint = preview.plan().fingerprint();
            predicted = new TreeMap<>(preview.forecast().calls());
            Aliases aliases = aliases(reading, preview.situation().record());
            RunReport report =
                    new Execution(site, id, patience, aliases, vacancies, whole).execute(request, reading, preview);
            SortedMap<String, Integer> actual = calls.since(callsBefore);
            store.finishRun(
                    id,
                    fingerprint,
                    end(report, patience.now(), predicted, actual, calls.outcomesSince(outcomesBefore)));
            return completed(report, predicted, actual, preview.situation());
        } catch (RuntimeException | Error e) {
            store.finishRun(
                    id,
                    fingerprint,
                    new RunRecord.End(
                            patience.now(),
                            1,
                            predicted,
                            calls.since(callsBefore),
                            calls.outcomesSince(outcomesBefore),
                            Map.of(),
                            List.of("stopped by an error: " + e)));
            throw e;
        }
    }

    private Preview planned(Scope scope, SourceReading reading, Patience patience, Instant began, Vacancies vacancies) {
        RecordView record = record(reading);
        Situation situation = new Survey(site, patience, looking -> vacancies.noteBefore(ids(looking)))
                .situation(reading, record, scope, began, false);
        if (situation.standing() != null) {
            site.store()
                    .remember(
                            began,
                            situation
                                    .standing()
                                    .population()
                                    .snapshot()
                                    .researchers()
                                    .values(),
                            situation.links().byPerson());
            site.store()
                    .rememberNames(
                            began, Aliases.inSource(reading, site.clouds().identityKinds()));
        }
        Plan plan = Planner.plan(situation);
        return previewed(plan, situation, record, reading);
    }

    private Preview previewed(Plan plan, Situation situation, RecordView record, SourceReading reading) {
        Aliases aliases = aliases(reading, record);
        boolean looksAfter = plan.refusal().isEmpty() && !situation.scope().personal();
        Forecast forecast = Forecast.of(plan, site.clouds(), record, aliases, looksAfter);
        return new Preview(plan.noting(forecast.notes()), forecast, situation);
    }

    private Aliases aliases(SourceReading reading, RecordView record) {
        return Aliases.of(reading, site.clouds().identityKinds(), record);
    }

    private RecordView record(SourceReading reading) {
        RecordView record = site.store().view();
        if (!(reading instanceof SourceReading.Read read)) {
            return record;
        }
        Set<ResourceId> wanting = Placements.unknownTo(record, read.snapshot()).keySet();
        if (wanting.isEmpty()) {
            return record;
        }
        Vacancies vacancies = new Vacancies(site.store(), site.clock());
        vacancies.noteBefore(wanting);
        Placements.unknownTo(site.store().view(), read.snapshot())
                .forEach((resource, places) ->
                        vacancies.record(resource, fence -> site.store().place(resource, places, fence)));
        return site.store().view();
    }

    private static List<ResourceId> ids(Collection<Resource> resources) {
        return resources.stream().map(Resource::id).toList();
    }

    private static RunRecord.End end(
            RunReport report,
            Instant at,
            Map<String, Integer> predicted,
            Map<String, Integer> actual,
            Map<String, Integer> outcomes) {
        Plan plan = report.plan();
        SortedMap<String, Integer> summary = new TreeMap<>();
        summary.put("proven", report.proven().size());
        summary.put("open", report.open().size());
        summary.put("quarantined", report.quarantined().size());
        summary.put("upkeep", report.upkeep().size());
        report.sourceTrouble().ifPresent(_ -> summary.put(RunRecord.SOURCE_TROUBLE, 1));
        if (plan != null) {
            summary.put("planned", plan.changes().size());
            summary.put("guarded", plan.guarded().size());
            summary.put("kept", (int) plan.kept());
        }
        return new RunRecord.End(at, report.exitCode(), predicted, actual, outcomes, summary, report.problems());
    }

    private static RunReport completed(
            RunReport r, Map<String, Integer> predicted, Map<String, Integer> actual, Situation situation) {
        return new RunReport(
                r.run(),
                r.plan(),
                r.proven(),
                r.open(),
                r.upkeep(),
                r.quarantined(),
                r.opened(),
                r.sourceTrouble(),
                predicted,
                actual,
                r.problems(),
                () -> Optional.ofNullable(situation.standing()).flatMap(Standing::nextChange),
                r.exitCode());
    }

    /** Calls to providers so far, by method. */
    SortedMap<String, Integer> calls() {
        return calls.counts();
    }

    /** Those since then. */
    SortedMap<String, Integer> callsSince(SortedMap<String, Integer> before) {
        return calls.since(before);
    }

    /** One resource as it would be planned now, its changes included. Reads only. */
    Preview previewOf(SourceReading reading, Resource resource) {
        Preview preview = preview(reading, new Scope(null, null, null, null, resource.id()), null);
        if (preview.plan().resources().isEmpty()) {
            throw new IllegalArgumentException(resource.id() + " is not managed here");
        }
        return preview;
    }

    /** Why nothing may be written at the one resource of a preview now; empty: it may. */
    static List<String> objections(Preview preview) {
        ResourcePlan plan = preview.plan().resources().getFirst();
        List<String> objections = new ArrayList<>();
        preview.plan().refusal().ifPresent(objections::add);
        if (plan.observation() == null) {
            objections.addAll(plan.notes());
        } else if (plan.mode() == Mode.OBSERVE) {
            objections.add(plan.resource().id()
                    + (plan.awaitsAdoption() ? " awaits adoption" : " is in mode observe")
                    + ": nothing is written there");
        }
        return objections;
    }

    Patience patience(Duration deadline) {
        return patience(deadline, haste);
    }

    private Patience patience(Duration deadline, Supplier<Haste> hurry) {
        Instant until = site.clock().instant().plus(deadline);
        return new Patience(site.clock(), site.sleeper(), site.random(), until, hurry);
    }

    /** Which changes of a plan file are no longer planned. */
    public static Set<RunRequest.Approved> moved(Set<RunRequest.Approved> approved, Plan plan) {
        Set<RunRequest.Approved> left = new java.util.LinkedHashSet<>(approved);
        plan.changes().forEach(c -> left.remove(RunRequest.Approved.of(c)));
        return left;
    }
}

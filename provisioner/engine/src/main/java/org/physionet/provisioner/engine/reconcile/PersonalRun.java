package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;

/**
 * A run at one resource, on a person's word, that changes documents without moving anybody whom the engine let in: recorded
 * as a run, under the resource's lease, each write told before it is sent and proven by reading back.
 */
final class PersonalRun {
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final Site site;
    private final Reconciler reconciler;
    private final String trigger;
    private final String actor;
    private final @Nullable String onBehalfOf;

    PersonalRun(Site site, Reconciler reconciler, String trigger, String actor, @Nullable String onBehalfOf) {
        this.site = site;
        this.reconciler = reconciler;
        this.trigger = trigger;
        this.actor = actor;
        this.onBehalfOf = onBehalfOf;
    }

    /** @param problems one sentence each; empty: nothing is left to do */
    record Result(RunId run, List<Upkeep> done, List<String> problems) {}

    /** The resource as it was read under its lease, and what writes there. */
    record Turn(
            ResourcePlan plan,
            Observation observation,
            Adapter adapter,
            Journal journal,
            Patience patience,
            Observer observer) {
        UpkeepRun.Result carryOut(UpkeepRun.Layout layout, Places places) {
            return new UpkeepRun(plan, adapter, journal, patience, observer, layout).carryOut(observation, places);
        }
    }

    Result at(SourceReading reading, Resource resource, Function<Turn, UpkeepRun.Result> work) {
        RunId run = new RunId(site.ids().next("run"));
        site.store()
                .beginRun(new RunRecord(
                        run, trigger, actor, onBehalfOf, site.clock().instant(), null, null));
        SortedMap<String, Integer> before = reconciler.calls();
        UpkeepRun.Result result;
        try {
            result = leased(run, reading, resource, work);
        } catch (RuntimeException | Error e) {
            finish(run, before, new UpkeepRun.Result(List.of(), List.of("stopped by an error: " + e)));
            throw e;
        }
        finish(run, before, result);
        return new Result(run, result.done(), result.problems());
    }

    private void finish(RunId run, SortedMap<String, Integer> before, UpkeepRun.Result result) {
        site.store()
                .finishRun(
                        run,
                        "",
                        new RunRecord.End(
                                site.clock().instant(),
                                result.problems().isEmpty() ? 0 : 1,
                                Map.of(),
                                reconciler.callsSince(before),
                                new TreeMap<>(Map.of("upkeep", result.done().size())),
                                result.problems()));
    }

    private UpkeepRun.Result leased(
            RunId run, SourceReading reading, Resource resource, Function<Turn, UpkeepRun.Result> work) {
        Adapter adapter = Objects.requireNonNull(site.clouds().adapters().get(resource.provider()));
        Patience patience = reconciler.patience(DEADLINE);
        ResourceLeases leases = new ResourceLeases(site, run, patience);
        Optional<Journal> taken = leases.take(resource.id(), adapter, false);
        if (taken.isEmpty()) {
            return new UpkeepRun.Result(List.of(), List.of(leases.busy(resource.id())));
        }
        Journal journal = taken.get();
        try {
            Reconciler.Preview preview = reconciler.previewOf(reading, resource);
            List<String> objections = Reconciler.objections(preview);
            if (!objections.isEmpty()) {
                return new UpkeepRun.Result(List.of(), objections);
            }
            ResourcePlan plan = preview.plan().resources().getFirst();
            Aliases aliases = Aliases.of(
                    reading, site.clouds().identityKinds(), preview.situation().record());
            return work.apply(new Turn(
                    plan,
                    Objects.requireNonNull(plan.observation()),
                    adapter,
                    journal,
                    patience,
                    new Observer(patience, aliases)));
        } finally {
            journal.release();
        }
    }
}

package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;

/**
 * Moves the people of one resource to as few documents as will hold them, on a person's word: the addresses that they use
 * change. Everybody is let in at the new place before they are taken out of the old one.
 */
public final class Compaction {
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final Site site;
    private final Reconciler reconciler;

    public Compaction(Site site, Reconciler reconciler) {
        this.site = site;
        this.reconciler = reconciler;
    }

    /**
     * What came of it.
     *
     * @param done writes that were made and proven
     * @param problems one sentence each; empty: nothing is left to move
     */
    public record Report(RunId run, List<Upkeep> done, List<String> problems) {}

    /** What would be written now. Reads only. */
    public List<Upkeep> preview(SourceReading reading, Resource resource) {
        ResourcePlan plan = planOf(reading, resource);
        Observation observation = plan.observation();
        return observation == null
                ? List.of()
                : rendering(plan, adapter(resource), observation, places(resource)).writes().stream()
                        .map(write -> Upkeep.of(plan, write))
                        .toList();
    }

    public Report compact(
            SourceReading reading,
            Resource resource,
            String actor,
            @org.jspecify.annotations.Nullable String onBehalfOf) {
        RunId run = new RunId(site.ids().next("run"));
        site.store()
                .beginRun(new RunRecord(
                        run, "compact", actor, onBehalfOf, site.clock().instant(), null, null));
        Report report = compact(run, reading, resource);
        site.store()
                .finishRun(
                        run,
                        "",
                        new RunRecord.End(
                                site.clock().instant(),
                                report.problems().isEmpty() ? 0 : 1,
                                Map.of(),
                                Map.of(),
                                new TreeMap<>(Map.of("upkeep", report.done().size())),
                                report.problems()));
        return report;
    }

    private Report compact(RunId run, SourceReading reading, Resource resource) {
        Patience patience = reconciler.patience(DEADLINE);
        ResourceLeases leases = new ResourceLeases(site, run, patience);
        Optional<Journal> taken = leases.take(resource.id(), adapter(resource), false);
        if (taken.isEmpty()) {
            return new Report(run, List.of(), List.of(leases.busy(resource.id())));
        }
        Journal journal = taken.get();
        try {
            Reconciler.Preview preview = reconciler.previewOf(reading, resource);
            List<String> objections = Reconciler.objections(preview);
            if (!objections.isEmpty()) {
                return new Report(run, List.of(), objections);
            }
            ResourcePlan plan = preview.plan().resources().getFirst();
            Observation observation = Objects.requireNonNull(plan.observation());
            Adapter adapter = adapter(resource);
            Places before = places(resource);
            Rendering first = rendering(plan, adapter, observation, before);
            Places after = before.with(first.places());
            // Before the first write, as always: a crash in the middle must not leave people whose place nobody knows.
            journal.place(after);
            Aliases aliases = Aliases.of(
                    reading, site.clouds().identityKinds(), preview.situation().record());
            UpkeepRun.Result result = new UpkeepRun(
                            plan,
                            adapter,
                            journal,
                            patience,
                            new Observer(patience, aliases),
                            seen -> inOrder(rendering(plan, adapter, seen, after)))
                    .carryOut(observation, after);
            return new Report(run, result.done(), result.problems());
        } finally {
            journal.release();
        }
    }

    private static List<Write> inOrder(Rendering rendering) {
        return rendering.writes().stream()
                .sorted(Comparator.comparing((Write write) -> write.grants().isEmpty()))
                .toList();
    }

    private static Rendering rendering(ResourcePlan plan, Adapter adapter, Observation seen, Places places) {
        return adapter.compact(plan.resource(), seen, ResourcePlan.target(seen, List.of(), plan.kept()), places);
    }

    private ResourcePlan planOf(SourceReading reading, Resource resource) {
        return reconciler.previewOf(reading, resource).plan().resources().getFirst();
    }

    private Adapter adapter(Resource resource) {
        return Objects.requireNonNull(site.clouds().adapters().get(resource.provider()));
    }

    private Places places(Resource resource) {
        return Survey.placesOf(resource, site.store().view());
    }
}

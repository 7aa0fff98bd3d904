package org.physionet.provisioner.engine.reconcile;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.RunId;

/**
 * Moves the people of one resource to as few documents as will hold them, on a person's word: the addresses that they use
 * change. Everybody is let in at the new place before they are taken out of the old one.
 */
public final class Compaction {
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
        PersonalRun.Result result = new PersonalRun(site, reconciler, "compact", actor, onBehalfOf)
                .at(reading, resource, turn -> {
                    Places before = places(resource);
                    Rendering first = rendering(turn.plan(), turn.adapter(), turn.observation(), before);
                    Places after = before.with(first.places());
                    // Before the first write, as always: a crash in the middle must not leave people whose place
                    // nobody knows.
                    turn.journal().place(after);
                    return turn.carryOut(seen -> inOrder(rendering(turn.plan(), turn.adapter(), seen, after)), after);
                });
        return new Report(result.run(), result.done(), result.problems());
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

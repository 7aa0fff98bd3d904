package org.physionet.provisioner.engine.reconcile;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.RunId;

/**
 * Puts one thing right at a resource because a person decided it: takes away a way in that is not the engine's own, gives a
 * lease its end back, has a document written as the engine would write it. Moves nobody whom the engine let in.
 */
public final class Mending {
    private final Site site;
    private final Reconciler reconciler;
    private final String trigger;
    private final String actor;
    private final @Nullable String onBehalfOf;

    /** @param trigger of the runs that it makes */
    public Mending(Site site, Reconciler reconciler, String trigger, String actor, @Nullable String onBehalfOf) {
        this.site = site;
        this.reconciler = reconciler;
        this.trigger = trigger;
        this.actor = actor;
        this.onBehalfOf = onBehalfOf;
    }

    /**
     * What came of it.
     *
     * @param done writes that were made and proven
     * @param problems one sentence each; empty: it is as decided
     */
    public record Report(RunId run, List<Upkeep> done, List<String> problems) {}

    /**
     * Takes one way to the data away, and proves that it is gone.
     *
     * @param who as the observation or the shadow tells it; null: the entry goes as a whole
     * @param way the entry's text or the shadow's path
     */
    public Report takeAway(SourceReading reading, Resource resource, @Nullable String who, String way) {
        return report(
                reading,
                resource,
                turn -> turn.carryOut(
                        seen -> turn.adapter().removal(resource, seen, who, way).stream()
                                .toList(),
                        places(resource)));
    }

    /** Gives one lease the end that it should have; everybody else's stay as they are. */
    public Report narrow(SourceReading reading, Resource resource, Principal principal) {
        return report(
                reading,
                resource,
                turn -> turn.carryOut(
                        seen -> writes(turn, seen, asLive(turn.plan(), seen, principal), places(resource)),
                        places(resource)));
    }

    /** Has the resource's documents written as the layout would write them for those who are in now. */
    public Report rewrite(SourceReading reading, Resource resource) {
        return report(
                reading,
                resource,
                turn -> turn.carryOut(
                        seen -> writes(
                                turn,
                                seen,
                                ResourcePlan.target(seen, List.of(), turn.plan().kept()),
                                places(resource)),
                        places(resource)));
    }

    private Report report(
            SourceReading reading,
            Resource resource,
            java.util.function.Function<PersonalRun.Turn, UpkeepRun.Result> work) {
        PersonalRun.Result result =
                new PersonalRun(site, reconciler, trigger, actor, onBehalfOf).at(reading, resource, work);
        return new Report(result.run(), result.done(), result.problems());
    }

    private static List<Write> writes(PersonalRun.Turn turn, Observation seen, Target target, Places places) {
        return turn
                .adapter()
                .render(turn.plan().resource(), seen, turn.observer().name(target), places)
                .writes()
                .stream()
                .filter(Upkeep::movesNobody)
                .toList();
    }

    /** Everybody as they stand, but for one who is to stand as they should. */
    private static Target asLive(ResourcePlan plan, Observation seen, Principal principal) {
        Target standing = ResourcePlan.target(seen, List.of(), plan.kept());
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>(standing.edges());
        for (LiveEdge live : seen.owned().values()) {
            if (!live.principal().equals(principal)) {
                // An end is the first instant without access; what is wanted is the last one with it.
                edges.computeIfPresent(
                        live.principal(),
                        (p, edge) -> new Target.Edge(
                                p,
                                edge.holder(),
                                live.leaseUntil() == null
                                        ? null
                                        : live.leaseUntil().minusMillis(1)));
            }
        }
        return new Target(edges, standing.otherNames(), standing.resting());
    }

    private Places places(Resource resource) {
        return Survey.placesOf(resource, site.store().view());
    }
}

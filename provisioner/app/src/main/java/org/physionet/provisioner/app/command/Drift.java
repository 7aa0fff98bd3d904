package org.physionet.provisioner.app.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;

/**
 * One difference between what should be and what is.
 *
 * @param finding {@code missing}, {@code extra}, {@code dead}, {@code orphan}, {@code shadow} or {@code unseen}
 * @param recorded the recorded state of the edge; null: none is recorded
 * @param reasons why it should not be, or what was seen
 */
record Drift(
        String finding,
        ResourceId resource,
        @Nullable DatasetId dataset,
        @Nullable String principal,
        @Nullable ResearcherId researcher,
        @Nullable String recorded,
        List<String> reasons) {

    static final List<String> KINDS = List.of("missing", "extra", "dead", "orphan", "shadow", "unseen");

    static List<Drift> in(Reconciler.Preview preview) {
        Plan plan = preview.plan();
        Map<ResourceId, Map<Principal, String>> recorded = new HashMap<>();
        for (EdgeRecord edge : preview.situation().record().edges()) {
            recorded.computeIfAbsent(edge.resource(), r -> new HashMap<>())
                    .put(edge.principal(), edge.state().name().toLowerCase(Locale.ROOT));
        }
        Set<ResourceId> orphans = new HashSet<>();
        preview.situation().orphans().stream().map(Resource::id).forEach(orphans::add);
        List<Drift> found = new ArrayList<>();
        for (ResourcePlan resource : plan.resources()) {
            Map<Principal, String> own =
                    recorded.getOrDefault(resource.resource().id(), Map.of());
            inOne(resource, plan, own, orphans.contains(resource.resource().id()), found);
        }
        found.sort(Comparator.comparing(Drift::resource).thenComparing(Drift::finding));
        return found;
    }

    private static void inOne(
            ResourcePlan plan, Plan whole, Map<Principal, String> recorded, boolean orphan, List<Drift> found) {
        ResourceId id = plan.resource().id();
        Observation observation = plan.observation();
        if (observation == null) {
            found.add(new Drift("unseen", id, null, null, null, null, plan.notes()));
            return;
        }
        if (orphan) {
            found.add(new Drift(
                    "orphan",
                    id,
                    plan.resource().datasets().first(),
                    null,
                    null,
                    null,
                    List.of(observation.owned().size() + " readers, frozen")));
        }
        Stream<Change> changes = Stream.concat(
                Stream.concat(plan.changes().stream(), plan.wouldChange().stream()),
                Stream.concat(whole.guarded().stream().map(Plan.Guarded::change), whole.quarantined().stream())
                        .filter(c -> c.resource().equals(id)));
        changes.distinct().forEach(change -> {
            LiveEdge live = observation.owned().get(change.principal());
            String finding =
                    change.action() == Action.GRANT ? "missing" : live != null && live.dead() ? "dead" : "extra";
            found.add(new Drift(
                    finding,
                    id,
                    change.dataset(),
                    change.principal().text(),
                    change.researcher(),
                    recorded.get(change.principal()),
                    change.reasons()));
        });
        for (ForeignEntry entry : observation.foreign()) {
            if (entry.givesAccess()) {
                found.add(new Drift(
                        "shadow", id, plan.resource().datasets().first(), null, null, null, List.of(entry.text())));
            }
        }
    }
}

package org.physionet.provisioner.engine.planning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;

/**
 * What is to happen at one resource.
 *
 * @param mode as it is in effect: a resource that awaits adoption is observed, whatever the catalog says
 * @param observation what it was planned from; null: it could not be observed
 * @param kept entries that stay, with the entitlements that they rest on (empty where nobody is entitled but nothing may
 *     or need be done)
 * @param changes to be made
 * @param wouldChange what the mode forbids: reported, not done
 * @param awaitsAdoption first seen with readers already there
 * @param notes for people: frozen, unobservable, shared identities …
 */
public record ResourcePlan(
        Resource resource,
        Mode mode,
        @Nullable Observation observation,
        SortedMap<Principal, List<Holding>> kept,
        List<Change> changes,
        List<Change> wouldChange,
        boolean awaitsAdoption,
        List<String> notes) {
    public ResourcePlan {
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
        changes = List.copyOf(changes);
        wouldChange = List.copyOf(wouldChange);
        notes = List.copyOf(notes);
    }

    /** What the resource should look like after these changes, from a given observation. */
    public static Target target(
            Observation observation, List<Change> changes, SortedMap<Principal, List<Holding>> kept) {
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        SortedSet<Principal> resting = new TreeSet<>();
        for (LiveEdge live : observation.owned().values()) {
            edges.put(live.principal(), edge(live.principal(), kept.getOrDefault(live.principal(), List.of())));
            if (live.earlier()) {
                resting.add(live.principal());
            }
        }
        for (Change change : changes) {
            resting.remove(change.principal());
            if (change.action() == EdgeChange.Action.GRANT) {
                edges.put(change.principal(), edge(change.principal(), change.holdings()));
            } else {
                edges.remove(change.principal());
            }
        }
        return new Target(edges, new TreeMap<>(), resting);
    }

    private static Target.Edge edge(Principal principal, List<Holding> holdings) {
        ResearcherId holder = holdings.isEmpty() ? null : holdings.getFirst().researcher();
        List<java.time.Instant> ends = new ArrayList<>();
        for (Holding holding : holdings) {
            if (holding.expiresAt() == null) {
                return new Target.Edge(principal, holder, null);
            }
            ends.add(holding.expiresAt());
        }
        return new Target.Edge(principal, holder, ends.isEmpty() ? null : Collections.max(ends));
    }

    ResourcePlan noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new ResourcePlan(resource, mode, observation, kept, changes, wouldChange, awaitsAdoption, all);
    }

    ResourcePlan withChanges(List<Change> allowed, SortedMap<Principal, List<Holding>> keptNow) {
        return new ResourcePlan(resource, mode, observation, keptNow, allowed, wouldChange, awaitsAdoption, notes);
    }
}

package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.guards.Cause;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Facts;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Situation;
import org.physionet.provisioner.engine.planning.StillEntitled;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.Store;

/** What a run learns by looking, before and after it acts. */
final class Bookkeeping {
    private final Store store;
    private final RunId run;
    private final Situation situation;
    private final Vacancies vacancies;
    private final Map<ResourceId, Map<Principal, EdgeRecord>> recorded = new HashMap<>();

    /** @param vacancies as they were before the clouds were looked at */
    Bookkeeping(Store store, RunId run, Situation situation, Vacancies vacancies) {
        this.store = store;
        this.vacancies = vacancies;
        this.run = run;
        this.situation = situation;
        for (EdgeRecord edge : situation.record().edges()) {
            recorded.computeIfAbsent(edge.resource(), r -> new HashMap<>()).put(edge.principal(), edge);
        }
    }

    /**
     * One resource as it was read, before anything is changed there.
     *
     * @return false: somebody else works or has worked there since; then what was read may be old, and is not recorded
     */
    boolean witness(ResourcePlan plan, Plan whole) {
        return vacancies.record(plan.resource().id(), fence -> {
            Observation observation = plan.observation();
            if (observation == null) {
                rest(plan.resource(), whole.at(), fence);
            } else {
                witness(plan, observation, whole, fence);
            }
        });
    }

    private void witness(ResourcePlan plan, Observation observation, Plan whole, Lease fence) {
        Resource resource = plan.resource();
        Instant at = observation.at();
        store.resourceSeen(
                at, resource, plan.awaitsAdoption(), observation.owned().size(), observation.documents(), fence);
        if (plan.awaitsAdoption()) {
            return;
        }
        Map<Principal, EdgeRecord> known = recorded.getOrDefault(resource.id(), Map.of());
        Set<Principal> present = new HashSet<>(observation.owned().keySet());
        present.retainAll(known.keySet());
        Set<Principal> gone = new HashSet<>(known.keySet());
        gone.removeAll(observation.owned().keySet());
        if (!present.isEmpty() || !gone.isEmpty()) {
            store.witnessed(run, at, resource.id(), present, gone, fence);
        }
        List<Store.AdoptedEdge> found = new ArrayList<>();
        for (Principal principal : observation.owned().keySet()) {
            if (!known.containsKey(principal)) {
                found.add(new Store.AdoptedEdge(principal, plan.kept().getOrDefault(principal, List.of())));
            }
        }
        if (!found.isEmpty()) {
            store.found(run, at, resource.id(), found, fence);
        }
        SortedMap<Principal, List<Holding>> held = new TreeMap<>();
        plan.kept().forEach((principal, holdings) -> {
            if (known.containsKey(principal) && !holdings.isEmpty()) {
                held.put(principal, holdings);
            }
        });
        if (!held.isEmpty()) {
            store.hold(run, at, resource.id(), held, fence);
        }
        Set<Principal> leaving = leaving(plan, whole);
        if (!leaving.isEmpty()) {
            store.revocationDetected(run, whole.at(), resource.id(), leaving, fence);
        }
        String key = Facts.resource(resource.id());
        String line = situation.facts().get(key);
        if (line != null && plan.mode() != Mode.OBSERVE && observation.owned().isEmpty()) {
            // Nobody is there whom an earlier line had let in.
            putBaseline(Map.of(key, line), whole.at(), fence);
        }
    }

    /** One resource that could not be read: what the source says about the ends of the edges there is news all the same. */
    private void rest(Resource resource, Instant at, Lease fence) {
        Set<Principal> known = recorded.getOrDefault(resource.id(), Map.of()).keySet();
        SortedMap<Principal, List<Holding>> entitled = StillEntitled.among(known, resource, situation);
        if (!entitled.isEmpty()) {
            store.hold(run, at, resource.id(), entitled, fence);
        }
    }

    /** Everybody who should go, also those whom a guard or a mode holds: the revocation clock starts for them now. */
    private static Set<Principal> leaving(ResourcePlan plan, Plan whole) {
        Set<Principal> leaving = new HashSet<>();
        List<Change> all = new ArrayList<>(plan.changes());
        all.addAll(plan.wouldChange());
        whole.guarded().stream()
                .map(Plan.Guarded::change)
                .filter(c -> c.resource().equals(plan.resource().id()))
                .forEach(all::add);
        all.stream().filter(c -> c.action() == Action.REVOKE).forEach(c -> leaving.add(c.principal()));
        return leaving;
    }

    /**
     * Moves the baseline of requirements and catalog lines, but not past anything that is still outstanding: a fact whose
     * changes are held, forbidden or failed stays as it was, so that a later run still knows what is behind them. Only a run of everything
     * knows.
     *
     * @param whole the lease of the one run of everything; null: this is none
     * @throws LeaseLostException if another run of everything has begun since: what is outstanding now is its to say
     */
    void settle(Plan plan, Set<Change> open, @Nullable Lease whole) {
        Map<String, String> settled = new TreeMap<>();
        boolean complete = whole != null
                && situation.scope().everything()
                && situation.standing() != null
                && situation.sourceTrouble().isEmpty()
                && plan.resources().stream().allMatch(r -> r.observation() != null);
        if (complete) {
            Set<String> outstanding = outstanding(plan, open);
            situation.facts().forEach((key, value) -> {
                if (!outstanding.contains(key)) {
                    settled.put(key, value);
                }
            });
        }
        putBaseline(settled, plan.at(), whole);
    }

    private void putBaseline(Map<String, String> facts, Instant at, @Nullable Lease fence) {
        Map<String, String> settled = new TreeMap<>(facts);
        settled.values().removeIf(String::isEmpty);
        settled.entrySet()
                .removeIf(e -> e.getValue().equals(situation.record().baseline().get(e.getKey())));
        if (!settled.isEmpty()) {
            store.putBaseline(settled, at, fence);
        }
    }

    private static Set<String> outstanding(Plan plan, Set<Change> open) {
        Set<Change> undone = new HashSet<>(open);
        plan.guarded().forEach(g -> undone.add(g.change()));
        undone.addAll(plan.quarantined());
        Set<String> facts = new HashSet<>();
        for (ResourcePlan resource : plan.resources()) {
            undone.addAll(resource.wouldChange());
            if (resource.mode() == Mode.OBSERVE) {
                facts.add(Facts.resource(resource.resource().id()));
            }
        }
        for (Change change : undone) {
            Cause cause = plan.causes().get(change);
            if (cause != null && cause.systemic()) {
                facts.addAll(List.of(cause.fact().split(" ")));
            }
        }
        return facts;
    }
}

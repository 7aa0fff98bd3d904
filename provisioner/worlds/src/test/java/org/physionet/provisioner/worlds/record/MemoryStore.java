package org.physionet.provisioner.worlds.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.engine.store.Store;

/**
 * The record as committed state in memory. Each call is one transaction; a session that dies takes nothing of it along. A
 * test holds it equal to the SQL record, view by view.
 */
public final class MemoryStore implements Store {
    private final Shelves shelves = new Shelves();
    private final MemoryLeases leases = new MemoryLeases();
    private final Map<ResearcherId, SortedSet<Principal>> linked = new HashMap<>();
    private final Map<ResearcherId, String> usernames = new HashMap<>();
    private final SortedMap<HoldId, Hold> holds = new TreeMap<>(Comparator.comparing(HoldId::value));
    private final MemoryCases cases = new MemoryCases();
    private final SortedMap<Principal, Quarantined> quarantine = new TreeMap<>();
    private final SortedMap<String, String> baseline = new TreeMap<>();
    private final Set<RunId> running = new HashSet<>();
    private final Map<Principal, Principal> otherNames = new HashMap<>();
    private Optional<SourceCounts> counts = Optional.empty();
    private boolean holdsUnknown;

    @Override
    public RecordView view() {
        Map<ResearcherId, SortedSet<Principal>> identities = new HashMap<>();
        linked.forEach((id, all) -> identities.put(id, new TreeSet<>(all)));
        return new RecordView(
                shelves.edges(),
                shelves.resources(),
                identities,
                new HashMap<>(otherNames),
                new HashMap<>(usernames),
                holds(),
                cases.current(),
                List.copyOf(quarantine.values()),
                new TreeMap<>(baseline),
                counts,
                holdsUnknown,
                List.of());
    }

    @Override
    public void beginRun(RunRecord run) {
        if (!running.add(run.id())) {
            throw new IllegalStateException("run " + run.id() + " has begun already");
        }
    }

    @Override
    public void finishRun(RunId run, String fingerprint, RunRecord.End end) {
        if (!running.remove(run)) {
            throw new IllegalStateException("run " + run + " is not running");
        }
    }

    @Override
    public void remember(Instant at, Collection<Researcher> people, Map<ResearcherId, List<Principal>> principals) {
        for (Researcher person : people) {
            usernames.put(person.id(), person.username());
            List<Principal> own = principals.getOrDefault(person.id(), List.of());
            if (!own.isEmpty()) {
                linked.computeIfAbsent(person.id(), p -> new TreeSet<>()).addAll(own);
            }
        }
    }

    @Override
    public void rememberNames(Instant at, Map<Principal, Principal> names) {
        otherNames.putAll(names);
    }

    @Override
    public void sourceSeen(SourceCounts seen) {
        counts = counts.filter(c -> c.takenAt().isAfter(seen.takenAt())).or(() -> Optional.of(seen));
    }

    @Override
    public void resourceSeen(
            Instant at,
            Resource resource,
            boolean awaitsAdoption,
            int readers,
            SortedSet<String> documents,
            @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.seen(at, resource, awaitsAdoption, readers, documents);
    }

    @Override
    public void place(ResourceId resource, Places places, @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.of(resource).place(places);
    }

    @Override
    public void adopt(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> found, @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.adopt(at, resource, found);
    }

    @Override
    public void found(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> found, @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.found(at, resource, found);
    }

    @Override
    public void intend(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            List<EdgeChange> changes,
            @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.intend(at, resource, changes);
    }

    @Override
    public void upkeep(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            String what,
            EdgeResult.@Nullable Stage stage,
            @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.of(resource);
    }

    @Override
    public boolean conclude(RunId run, List<EdgeResult> results, @Nullable Lease lease) {
        boolean held = leases.holds(lease);
        if (held) {
            shelves.conclude(results);
        }
        return held;
    }

    @Override
    public void witnessed(
            RunId run,
            Instant at,
            ResourceId resource,
            Collection<Principal> present,
            Collection<Principal> gone,
            @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.witnessed(at, resource, present, gone);
    }

    @Override
    public void hold(
            RunId run,
            Instant at,
            ResourceId resource,
            Map<Principal, List<EdgeRecord.Holding>> holdings,
            @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.hold(at, resource, holdings);
    }

    @Override
    public void revocationDetected(
            RunId run, Instant at, ResourceId resource, Collection<Principal> principals, @Nullable Lease lease) {
        leases.requireHeld(lease);
        shelves.revocationDetected(at, resource, principals);
    }

    @Override
    public void addHold(Hold hold) {
        if (holds.putIfAbsent(hold.id(), hold) != null) {
            throw new IllegalStateException("hold " + hold.id() + " is recorded already");
        }
    }

    @Override
    public List<Hold> holds() {
        return holds.values().stream()
                .sorted(Comparator.comparing(Hold::madeAt).thenComparing(h -> h.id().value()))
                .toList();
    }

    @Override
    public boolean liftHold(HoldId hold, String actor, String reason, Instant at) {
        return holds.remove(hold) != null;
    }

    @Override
    public void holdsAreUnknown(String by, String reason, Instant at) {
        holdsUnknown = true;
    }

    @Override
    public void holdsAreComplete(String actor, String reason, Instant at) {
        holdsUnknown = false;
    }

    @Override
    public SortedSet<String> putCases(
            Collection<GuardCase> given, Collection<GuardCase> seen, String by, String reason, Instant at) {
        return cases.put(given, seen);
    }

    @Override
    public void quarantine(RunId run, Collection<Quarantined> entries, @Nullable Lease lease) {
        leases.requireHeld(lease);
        entries.forEach(q -> quarantine.put(q.principal(), q));
    }

    @Override
    public void readmit(Collection<Principal> principals, String by, Instant at, @Nullable Lease lease) {
        leases.requireHeld(lease);
        quarantine.keySet().removeAll(principals);
    }

    @Override
    public void putBaseline(Map<String, String> facts, Instant at, @Nullable Lease lease) {
        leases.requireHeld(lease);
        baseline.putAll(facts);
        baseline.values().removeIf(String::isEmpty);
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term, Instant now) {
        return leases.acquire(name, owner, term, now);
    }

    @Override
    public Map<String, Lease> vacant(Collection<String> names, Instant ranOut) {
        return leases.vacant(names, ranOut);
    }

    @Override
    public Optional<Lease> leaseOf(String name, Instant now) {
        return leases.of(name, now);
    }

    /** Every lease, also free ones. */
    public List<Lease> leases() {
        return leases.all();
    }

    @Override
    public void release(Lease lease) {
        leases.release(lease);
    }

    @Override
    public void close() {}
}

package org.physionet.provisioner.worlds.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.State;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.engine.store.Store;

/**
 * The record as committed state in memory. Each call is one transaction; a session that dies takes nothing of it along. A
 * test holds it equal to the SQL record, view by view.
 */
public final class MemoryStore implements Store {
    private static final Duration PROOF_LASTS = Duration.ofHours(1);

    private final SortedMap<ResourceId, Shelf> shelves = new TreeMap<>();
    private final Map<ResearcherId, SortedSet<Principal>> linked = new HashMap<>();
    private final Map<ResearcherId, String> usernames = new HashMap<>();
    private final SortedMap<HoldId, Hold> holds = new TreeMap<>(Comparator.comparing(HoldId::value));
    private final Map<String, GuardCase> cases = new TreeMap<>();
    private final SortedMap<Principal, Quarantined> quarantine = new TreeMap<>();
    private final SortedMap<String, String> baseline = new TreeMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Set<RunId> running = new HashSet<>();
    private Optional<SourceCounts> counts = Optional.empty();
    private final Map<Principal, Principal> otherNames = new HashMap<>();
    private boolean holdsUnknown;
    private int lastEdge;

    private Shelf shelf(ResourceId resource) {
        Shelf shelf = shelves.get(resource);
        if (shelf == null) {
            throw new IllegalArgumentException(resource + ": expected a resource that was seen");
        }
        return shelf;
    }

    @Override
    public RecordView view() {
        List<Edge> edges = new ArrayList<>();
        shelves.values().forEach(s -> edges.addAll(s.edges.values()));
        edges.sort(Comparator.comparingInt(e -> e.id));
        Map<ResourceId, ResourceRecord> resources = new TreeMap<>();
        shelves.forEach((id, shelf) -> resources.put(id, shelf.view()));
        Map<ResearcherId, SortedSet<Principal>> identities = new HashMap<>();
        linked.forEach((id, all) -> identities.put(id, new TreeSet<>(all)));
        return new RecordView(
                edges.stream().map(Edge::view).toList(),
                resources,
                identities,
                new HashMap<>(otherNames),
                new HashMap<>(usernames),
                holds(),
                cases.values().stream()
                        .filter(c -> c.state() != GuardCase.State.CLOSED)
                        .sorted(Comparator.comparing(GuardCase::openedAt).thenComparing(GuardCase::id))
                        .toList(),
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
        counts = Optional.of(seen);
    }

    @Override
    public void resourceSeen(
            Instant at, Resource resource, boolean awaitsAdoption, int readers, SortedSet<String> documents) {
        Shelf shelf = shelves.computeIfAbsent(resource.id(), r -> new Shelf(resource, at, awaitsAdoption));
        shelf.resource = resource;
        shelf.observedAt = at;
        shelf.readers = readers;
        shelf.documents = new TreeSet<>(documents);
    }

    @Override
    public void place(ResourceId resource, Places places, @Nullable Lease lease) {
        requireHeld(lease);
        shelf(resource).place(places);
    }

    @Override
    public void adopt(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> found) {
        Shelf shelf = shelf(resource);
        Map<Principal, Edge> missing = new HashMap<>(shelf.edges);
        found.forEach(f -> missing.remove(f.principal()));
        shelf.close(missing.values(), at);
        for (AdoptedEdge each : found) {
            Edge edge = shelf.edges.get(each.principal());
            if (edge == null) {
                edge = shelf.begin(++lastEdge, each.principal(), true, State.GRANTED, at);
            }
            edge.present(at);
            shelf.rest(edge, each.holdings(), at);
        }
        shelf.awaitsAdoption = false;
        shelf.adoptedAt = at;
    }

    @Override
    public void found(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> found) {
        Shelf shelf = shelf(resource);
        for (AdoptedEdge each : found) {
            if (!shelf.edges.containsKey(each.principal())) {
                Edge edge = shelf.begin(++lastEdge, each.principal(), true, State.GRANTED, at);
                edge.present(at);
                shelf.rest(edge, each.holdings(), at);
            }
        }
    }

    @Override
    public void intend(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            List<EdgeChange> changes,
            @Nullable Lease lease) {
        requireHeld(lease);
        Shelf shelf = shelf(resource);
        for (EdgeChange change : changes) {
            Edge edge = shelf.edges.get(change.principal());
            if (change.action() == Action.GRANT) {
                if (edge == null) {
                    edge = shelf.begin(++lastEdge, change.principal(), false, State.GRANTING, at);
                }
                edge.intendGrant(at);
                shelf.rest(edge, change.holdings(), at);
            } else {
                if (edge == null) {
                    edge = shelf.begin(++lastEdge, change.principal(), true, State.REVOKING, at);
                    shelf.rest(edge, change.holdings(), at);
                }
                edge.intendRevoke(at);
            }
        }
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
        requireHeld(lease);
        shelf(resource);
    }

    @Override
    public boolean conclude(RunId run, List<EdgeResult> results, @Nullable Lease lease) {
        if (!holds(lease)) {
            return false;
        }
        for (EdgeResult result : results) {
            Shelf shelf = shelf(result.resource());
            Edge edge = shelf.edges.get(result.principal());
            boolean grant = result.action() == Action.GRANT;
            if (edge == null && grant && result.stage() != Stage.FAILED) {
                edge = shelf.begin(++lastEdge, result.principal(), false, State.GRANTING, result.at());
            }
            if (edge != null && grant) {
                edge.grant(result.stage(), result.at());
            } else if (edge != null) {
                edge.revoke(result.stage());
            }
            shelf.sweep(result.at());
        }
        return true;
    }

    private boolean holds(@Nullable Lease lease) {
        Lease held = lease == null ? null : leases.get(lease.name());
        return lease == null || held != null && held.owner().equals(lease.owner()) && held.token() == lease.token();
    }

    private void requireHeld(@Nullable Lease lease) {
        if (lease != null && !holds(lease)) {
            throw new LeaseLostException(lease);
        }
    }

    @Override
    public void witnessed(
            RunId run, Instant at, ResourceId resource, Collection<Principal> present, Collection<Principal> gone) {
        Shelf shelf = shelf(resource);
        for (Principal principal : present) {
            Edge edge = shelf.edges.get(principal);
            boolean due = edge != null
                    && (edge.state == State.GRANTING
                            || edge.provenAt == null
                            || edge.provenAt.isBefore(at.minus(PROOF_LASTS)));
            if (due) {
                edge.present(at);
            }
        }
        shelf.close(
                gone.stream()
                        .distinct()
                        .map(shelf.edges::get)
                        .filter(java.util.Objects::nonNull)
                        .toList(),
                at);
    }

    @Override
    public void hold(RunId run, Instant at, ResourceId resource, Map<Principal, List<EdgeRecord.Holding>> wanted) {
        Shelf shelf = shelf(resource);
        wanted.forEach((principal, holdings) -> {
            Edge edge = shelf.edges.get(principal);
            if (edge != null) {
                if (!holdings.isEmpty() && edge.leaving()) {
                    edge.shouldStay();
                }
                shelf.rest(edge, holdings, at);
            }
        });
    }

    @Override
    public void revocationDetected(RunId run, Instant at, ResourceId resource, Collection<Principal> principals) {
        Shelf shelf = shelf(resource);
        principals.stream()
                .map(shelf.edges::get)
                .filter(java.util.Objects::nonNull)
                .forEach(e -> e.detect(at));
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
    public void putCases(Collection<GuardCase> given, String by, String reason, Instant at) {
        given.forEach(c -> cases.put(c.id(), c));
    }

    @Override
    public void quarantine(RunId run, Collection<Quarantined> entries) {
        entries.forEach(q -> quarantine.put(q.principal(), q));
    }

    @Override
    public void readmit(Collection<Principal> principals, String by, Instant at) {
        quarantine.keySet().removeAll(principals);
    }

    @Override
    public void putBaseline(Map<String, String> facts, Instant at) {
        baseline.putAll(facts);
        baseline.values().removeIf(String::isEmpty);
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term, Instant now) {
        Lease held = leases.get(name);
        boolean own = held != null && held.owner().equals(owner);
        if (held != null && !own && held.expiresAt().isAfter(now)) {
            return Optional.empty();
        }
        long token = held == null ? 1 : own ? held.token() : held.token() + 1;
        Instant abandoned = held == null ? null : own || held.owner().isEmpty() ? held.abandonedAt() : held.expiresAt();
        Lease lease = new Lease(name, owner, token, now.plus(term), abandoned);
        leases.put(name, lease);
        return Optional.of(lease);
    }

    @Override
    public Optional<Lease> leaseOf(String name, Instant now) {
        return Optional.ofNullable(leases.get(name))
                .filter(l -> !l.owner().isEmpty() && l.expiresAt().isAfter(now));
    }

    /** Every lease, also free ones. */
    public List<Lease> leases() {
        return List.copyOf(leases.values());
    }

    @Override
    public void release(Lease lease) {
        Lease held = leases.get(lease.name());
        if (held != null && held.owner().equals(lease.owner()) && held.token() == lease.token()) {
            leases.put(lease.name(), new Lease(lease.name(), "", lease.token(), Instant.EPOCH, held.abandonedAt()));
        }
    }

    @Override
    public void close() {}
}

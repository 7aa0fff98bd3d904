package org.physionet.provisioner.worlds.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.State;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.engine.store.Store.AdoptedEdge;

/** Resources and their edges, and how they move. */
final class Shelves {
    private static final Duration PROOF_LASTS = Duration.ofHours(1);

    private final SortedMap<ResourceId, Shelf> shelves = new TreeMap<>();
    private int lastEdge;

    Shelf of(ResourceId resource) {
        Shelf shelf = shelves.get(resource);
        if (shelf == null) {
            throw new IllegalArgumentException(resource + ": expected a resource that was seen");
        }
        return shelf;
    }

    List<EdgeRecord> edges() {
        List<Edge> edges = new ArrayList<>();
        shelves.values().forEach(s -> edges.addAll(s.edges.values()));
        edges.sort(Comparator.comparingInt(e -> e.id));
        return edges.stream().map(Edge::view).toList();
    }

    Map<ResourceId, ResourceRecord> resources() {
        Map<ResourceId, ResourceRecord> resources = new TreeMap<>();
        shelves.forEach((id, shelf) -> resources.put(id, shelf.view()));
        return resources;
    }

    void seen(Instant at, Resource resource, boolean awaitsAdoption, int readers, SortedSet<String> documents) {
        Shelf shelf = shelves.computeIfAbsent(resource.id(), r -> new Shelf(resource, at, awaitsAdoption));
        shelf.resource = resource;
        shelf.observedAt = at;
        shelf.readers = readers;
        shelf.documents = new TreeSet<>(documents);
    }

    void adopt(Instant at, ResourceId resource, List<AdoptedEdge> found) {
        Shelf shelf = of(resource);
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

    void found(Instant at, ResourceId resource, List<AdoptedEdge> found) {
        Shelf shelf = of(resource);
        for (AdoptedEdge each : found) {
            if (!shelf.edges.containsKey(each.principal())) {
                Edge edge = shelf.begin(++lastEdge, each.principal(), true, State.GRANTED, at);
                edge.present(at);
                shelf.rest(edge, each.holdings(), at);
            }
        }
    }

    void intend(Instant at, ResourceId resource, List<EdgeChange> changes) {
        Shelf shelf = of(resource);
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

    void conclude(List<EdgeResult> results) {
        for (EdgeResult result : results) {
            Shelf shelf = of(result.resource());
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
    }

    void witnessed(Instant at, ResourceId resource, Collection<Principal> present, Collection<Principal> gone) {
        Shelf shelf = of(resource);
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

    void hold(Instant at, ResourceId resource, Map<Principal, List<EdgeRecord.Holding>> wanted) {
        Shelf shelf = of(resource);
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

    void revocationDetected(Instant at, ResourceId resource, Collection<Principal> principals) {
        Shelf shelf = of(resource);
        principals.stream()
                .map(shelf.edges::get)
                .filter(java.util.Objects::nonNull)
                .forEach(e -> e.detect(at));
    }
}

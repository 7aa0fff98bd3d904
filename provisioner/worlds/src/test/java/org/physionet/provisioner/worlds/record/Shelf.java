package org.physionet.provisioner.worlds.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.EdgeRecord.State;
import org.physionet.provisioner.engine.store.ResourceRecord;

/** One resource in the record: its open edges, and people's places. */
final class Shelf {
    private static final Duration PLACE_KEPT = Duration.ofDays(90);

    private final Instant firstSeenAt;
    Resource resource;
    boolean awaitsAdoption;

    @Nullable Instant adoptedAt;

    Instant observedAt;
    int readers;
    SortedSet<String> documents = new TreeSet<>();
    final Map<Principal, Edge> edges = new LinkedHashMap<>();
    private final SortedMap<ResearcherId, String> places = new TreeMap<>();
    private final Map<ResearcherId, Instant> freedAt = new TreeMap<>();

    Shelf(Resource resource, Instant at, boolean awaitsAdoption) {
        this.resource = resource;
        this.firstSeenAt = at;
        this.observedAt = at;
        this.awaitsAdoption = awaitsAdoption;
    }

    Edge begin(int id, Principal principal, boolean adopted, State state, Instant at) {
        Edge edge = new Edge(id, resource.id(), principal, adopted, state, at);
        edges.put(principal, edge);
        return edge;
    }

    /** From now on an edge rests on exactly these. */
    void rest(Edge edge, List<Holding> holdings, Instant at) {
        Set<ResearcherId> losing = holders(edge.holdings);
        Set<Holding> before = Set.copyOf(edge.holdings);
        edge.holdings = List.copyOf(holdings);
        if (before.equals(Set.copyOf(holdings))) {
            return;
        }
        free(losing, at);
        holdings.stream().filter(h -> !before.contains(h)).forEach(h -> freedAt.remove(h.researcher()));
    }

    void close(Collection<Edge> gone, Instant at) {
        for (Edge edge : gone) {
            edge.closed = true;
            edges.remove(edge.principal);
        }
        gone.forEach(edge -> free(holders(edge.holdings), at));
    }

    void sweep(Instant at) {
        close(edges.values().stream().filter(e -> e.closed).toList(), at);
    }

    private static Set<ResearcherId> holders(List<Holding> holdings) {
        Set<ResearcherId> holders = new TreeSet<>();
        holdings.forEach(h -> holders.add(h.researcher()));
        return holders;
    }

    private void free(Set<ResearcherId> losing, Instant at) {
        List<ResearcherId> left = new ArrayList<>(losing);
        edges.values().forEach(e -> left.removeAll(holders(e.holdings)));
        left.stream().filter(places::containsKey).forEach(p -> freedAt.putIfAbsent(p, at));
    }

    void place(Places given) {
        if (!given.documents().isEmpty()) {
            documents = new TreeSet<>(given.documents());
        }
        given.byHolder().forEach((person, document) -> {
            boolean freed = freedAt.containsKey(person);
            if (freed || !document.equals(places.get(person))) {
                places.put(person, document);
                freedAt.remove(person);
            }
        });
    }

    ResourceRecord view() {
        SortedMap<ResearcherId, String> kept = new TreeMap<>(places);
        kept.keySet().removeIf(p -> freedAt.containsKey(p) && !freedAt.get(p).isAfter(observedAt.minus(PLACE_KEPT)));
        return new ResourceRecord(
                resource.id(),
                resource.provider(),
                resource.layout(),
                resource.options(),
                resource.datasets(),
                awaitsAdoption,
                firstSeenAt,
                adoptedAt,
                observedAt,
                readers,
                new Places(documents, kept));
    }
}

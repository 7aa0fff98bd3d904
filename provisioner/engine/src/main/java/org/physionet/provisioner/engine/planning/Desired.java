package org.physionet.provisioner.engine.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** The edges that entitlements ask for at one resource, each with the entitlements it rests on. */
final class Desired {
    private Desired() {}

    /** @throws IllegalArgumentException if one of the resource's datasets is not in the snapshot */
    static SortedMap<Principal, List<Holding>> at(Resource resource, String identityKind, Situation situation) {
        Standing standing = java.util.Objects.requireNonNull(situation.standing());
        List<Dataset> datasets =
                resource.datasets().stream().map(id -> dataset(standing, id)).toList();
        SortedMap<Principal, List<Holding>> edges = new TreeMap<>();
        IntIterator people = entitled(resource, datasets, standing).getIntIterator();
        while (people.hasNext()) {
            int n = people.next();
            Researcher person = standing.population().person(n);
            List<Holding> holdings = null;
            for (Principal principal : situation.links().of(person.id())) {
                if (!principal.kind().equals(identityKind) || blocked(principal, resource, situation)) {
                    continue;
                }
                if (holdings == null) {
                    holdings = holdings(n, datasets, standing);
                }
                edges.computeIfAbsent(principal, p -> new ArrayList<>()).addAll(holdings);
            }
        }
        return edges;
    }

    static Dataset dataset(Standing standing, DatasetId id) {
        Dataset dataset = standing.population().snapshot().datasets().get(id);
        if (dataset == null) {
            throw new IllegalArgumentException(id + " is not in the source");
        }
        return dataset;
    }

    static RoaringBitmap entitled(Resource resource, List<Dataset> datasets, Standing standing) {
        RoaringBitmap set = standing.allowed(datasets.getFirst()).clone();
        for (Dataset dataset : datasets.subList(1, datasets.size())) {
            switch (resource.admits()) {
                case ALL -> set.and(standing.allowed(dataset));
                case ANY -> set.or(standing.allowed(dataset));
            }
        }
        return set;
    }

    private static List<Holding> holdings(int person, List<Dataset> datasets, Standing standing) {
        List<Holding> holdings = new ArrayList<>();
        for (Dataset dataset : datasets) {
            Decision decision = standing.decision(person, dataset);
            if (decision.basis() != null) {
                holdings.add(new Holding(decision.researcher(), dataset.id(), decision.basis(), decision.expiresAt()));
            }
        }
        return holdings;
    }

    /** A blocked identity is kept out whoever links it. */
    static boolean blocked(Principal principal, Resource resource, Situation situation) {
        return switch (resource.admits()) {
            case ALL ->
                resource.datasets().stream()
                        .anyMatch(d -> situation.holds().blockOf(principal, d).isPresent());
            case ANY ->
                resource.datasets().stream()
                        .allMatch(d -> situation.holds().blockOf(principal, d).isPresent());
        };
    }
}

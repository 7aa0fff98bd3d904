package org.physionet.provisioner.sources.physionet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;

/** Gathers declared resources; what several rows declare for one dataset becomes one, with every row as evidence. */
final class DeclaredResources {
    private final Map<DatasetId, Map<Place, String>> evidence = new LinkedHashMap<>();

    private record Place(String kind, String location) {}

    void add(DatasetId dataset, String kind, String location, String table, int id) {
        evidence.computeIfAbsent(dataset, d -> new LinkedHashMap<>())
                .merge(new Place(kind, location), table + " id " + id, (before, more) -> before + ", " + more);
    }

    List<DeclaredResource> inOrderOf(IntIndex<Project> projects) {
        List<DeclaredResource> all = new ArrayList<>();
        Set<DatasetId> datasets = new LinkedHashSet<>();
        projects.values().forEach(p -> datasets.add(p.datasetId()));
        for (DatasetId dataset : datasets) {
            evidence.getOrDefault(dataset, Map.of())
                    .forEach((place, rows) ->
                            all.add(new DeclaredResource(dataset, place.kind(), place.location(), Map.of(), rows)));
        }
        return all;
    }
}

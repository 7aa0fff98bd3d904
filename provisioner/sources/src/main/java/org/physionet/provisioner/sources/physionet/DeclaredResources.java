package org.physionet.provisioner.sources.physionet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;

/**
 * Gathers declared resources; what several rows declare for one dataset becomes one, with every row as evidence. A bucket
 * that PhysioNet opens through a group (facts/physionet.md 3.2) is declared with that group, so that nobody has to move.
 */
final class DeclaredResources {
    static final String GCS = "gcs";

    private final Map<DatasetId, Map<Place, String>> evidence = new LinkedHashMap<>();

    /** The groups through which PhysioNet opens a version's bucket, with the rows that say so. */
    private final Map<DatasetId, Map<String, String>> bucketGroups = new LinkedHashMap<>();

    private record Place(String kind, String location) {}

    void bucketGroup(DatasetId dataset, String group, String table, int id) {
        bucketGroups
                .computeIfAbsent(dataset, d -> new LinkedHashMap<>())
                .merge(group, table + " id " + id, (before, more) -> before + ", " + more);
    }

    void add(DatasetId dataset, String kind, String location, String table, int id) {
        evidence.computeIfAbsent(dataset, d -> new LinkedHashMap<>())
                .merge(new Place(kind, location), table + " id " + id, (before, more) -> before + ", " + more);
    }

    List<DeclaredResource> inOrderOf(IntIndex<Project> projects) {
        List<DeclaredResource> all = new ArrayList<>();
        Set<DatasetId> datasets = new LinkedHashSet<>();
        projects.values().forEach(p -> datasets.add(p.datasetId()));
        for (DatasetId dataset : datasets) {
            Map<Place, String> places = evidence.getOrDefault(dataset, Map.of());
            Map<String, String> groups = bucketGroups.getOrDefault(dataset, Map.of());
            boolean bucket = places.keySet().stream().anyMatch(p -> p.kind().equals(GCS));
            // Of several groups nobody can say which one the engine should fill.
            boolean throughGroup = bucket && groups.size() == 1;
            places.forEach((place, rows) -> all.add(
                    place.kind().equals(GCS) && throughGroup
                            ? throughGroup(dataset, place, rows, groups)
                            : new DeclaredResource(dataset, place.kind(), place.location(), Map.of(), rows)));
            if (!throughGroup) {
                groups.forEach((group, rows) ->
                        all.add(new DeclaredResource(dataset, DeclaredResource.UNMANAGED, group, Map.of(), rows)));
            }
        }
        return all;
    }

    private static DeclaredResource throughGroup(
            DatasetId dataset, Place bucket, String rows, Map<String, String> groups) {
        Map.Entry<String, String> group = groups.entrySet().iterator().next();
        return new DeclaredResource(
                dataset,
                GCS,
                bucket.location(),
                Map.of("layout", "group", "group", group.getKey()),
                rows + ", " + group.getValue());
    }
}

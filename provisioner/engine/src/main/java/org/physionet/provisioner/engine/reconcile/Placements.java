package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.Placement;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;

/**
 * Places that the source shows its people, e.g. the access point on PhysioNet's own page (facts/physionet.md 3.3): whoever
 * has no place in the record yet is put there, so that the page stays true.
 */
final class Placements {
    private Placements() {}

    /** What the record does not know, for resources that it has seen. */
    static Map<ResourceId, Places> unknownTo(RecordView record, Snapshot snapshot) {
        SortedMap<ResourceId, Places> missing = new TreeMap<>();
        if (snapshot.placements().isEmpty()) {
            return missing;
        }
        Map<DatasetId, List<Placement>> byDataset = new HashMap<>();
        snapshot.placements()
                .forEach(p -> byDataset
                        .computeIfAbsent(p.dataset(), d -> new ArrayList<>())
                        .add(p));
        for (ResourceRecord resource : record.resources().values()) {
            SortedMap<ResearcherId, String> more = new TreeMap<>();
            for (DatasetId dataset : resource.datasets()) {
                byDataset.getOrDefault(dataset, List.of()).stream()
                        .filter(p -> isUnknown(p, resource))
                        .forEach(p -> more.put(p.researcher(), p.document()));
            }
            if (!more.isEmpty()) {
                missing.put(resource.id(), new Places(new TreeSet<>(), more));
            }
        }
        return missing;
    }

    private static boolean isUnknown(Placement placement, ResourceRecord resource) {
        return resource.id().scheme().equals(placement.scheme())
                && resource.places().documents().contains(placement.document())
                && !resource.places().byHolder().containsKey(placement.researcher());
    }
}

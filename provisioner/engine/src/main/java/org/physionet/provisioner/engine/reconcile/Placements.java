package org.physionet.provisioner.engine.reconcile;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Places;
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
        for (ResourceRecord resource : record.resources().values()) {
            SortedMap<ResearcherId, String> more = new TreeMap<>();
            for (Placement placement : snapshot.placements()) {
                if (resource.id().scheme().equals(placement.scheme())
                        && resource.datasets().contains(placement.dataset())
                        && resource.places().documents().contains(placement.document())
                        && !resource.places().byHolder().containsKey(placement.researcher())) {
                    more.put(placement.researcher(), placement.document());
                }
            }
            if (!more.isEmpty()) {
                missing.put(resource.id(), new Places(new TreeSet<>(), more));
            }
        }
        return missing;
    }
}

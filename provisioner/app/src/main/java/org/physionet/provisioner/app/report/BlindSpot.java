package org.physionet.provisioner.app.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.ResourceRecord;

/**
 * A time of which the record knows nothing of a resource: that it names nobody then does not mean that nobody could read.
 *
 * @param resource as in every output
 * @param until when the record first saw it, or took its readers in; null: it has not yet, they await {@code adopt}
 */
public record BlindSpot(String resource, @Nullable Instant until) {
    /** Those of a dataset that lie within a span or before which it begins, in order of the resources. */
    static List<BlindSpot> of(Iterable<ResourceRecord> resources, DatasetId dataset, Instant since) {
        SortedMap<ResourceId, BlindSpot> spots = new TreeMap<>();
        for (ResourceRecord resource : resources) {
            if (!resource.datasets().contains(dataset)) {
                continue;
            }
            Instant adopted = resource.adoptedAt();
            Instant known = adopted == null ? resource.firstSeenAt() : adopted;
            if (resource.awaitsAdoption()) {
                spots.put(resource.id(), new BlindSpot(resource.id().text(), null));
            } else if (known.isAfter(since)) {
                spots.put(resource.id(), new BlindSpot(resource.id().text(), known));
            }
        }
        return new ArrayList<>(spots.values());
    }
}

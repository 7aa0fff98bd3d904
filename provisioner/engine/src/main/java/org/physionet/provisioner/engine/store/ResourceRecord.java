package org.physionet.provisioner.engine.store;

import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * What the record knows of a resource.
 *
 * @param options the layout's further catalog keys, as last seen: a resource that left the catalog is still observed by them
 * @param awaitsAdoption first seen with readers already there: stays in observe until {@code adopt}
 * @param readers how many people's entries stood there when last observed
 * @param places documents and people's places
 */
public record ResourceRecord(
        ResourceId id,
        String provider,
        String layout,
        Map<String, String> options,
        SortedSet<DatasetId> datasets,
        boolean awaitsAdoption,
        Instant firstSeenAt,
        @Nullable Instant adoptedAt,
        @Nullable Instant observedAt,
        int readers,
        Places places) {}

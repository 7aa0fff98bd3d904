package org.physionet.provisioner.engine.adapter;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/** Every entry of the engine's kind that a resource should have after the write: kept, held back and new ones alike. */
public record Target(SortedMap<Principal, Edge> edges) {
    public Target {
        edges = Collections.unmodifiableSortedMap(new TreeMap<>(edges));
    }

    /**
     * One wanted entry.
     *
     * @param holder the person, for their place; null if nobody knows whose it is (it stays where it stands)
     * @param until the entitlement's end, for layouts with leases; null: none
     */
    public record Edge(
            Principal principal,
            @Nullable ResearcherId holder,
            @Nullable Instant until) {}
}

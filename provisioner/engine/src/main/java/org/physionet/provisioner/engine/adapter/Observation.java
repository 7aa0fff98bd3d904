package org.physionet.provisioner.engine.adapter;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * One resource's live state and its concurrency token.
 *
 * @param at when it was read
 * @param owned the entries that the engine owns in mode {@code enforce} (CONTRACT, "What the engine may touch"), by principal
 * @param foreign everything else that is written there
 * @param marked whether the provider shows marks of the engine's own, from this record or a lost one
 * @param documents the names of the documents that were read (policies, access points), for {@link Places}
 * @param calls how many provider calls it took, by method
 * @param state the adapter's own, with the token; opaque to the engine, immutable
 */
public record Observation(
        ResourceId resource,
        Instant at,
        SortedMap<Principal, LiveEdge> owned,
        List<ForeignEntry> foreign,
        boolean marked,
        SortedSet<String> documents,
        Map<String, Integer> calls,
        Object state) {
    public Observation {
        owned = Collections.unmodifiableSortedMap(new TreeMap<>(owned));
        foreign = List.copyOf(foreign);
        documents = Collections.unmodifiableSortedSet(new TreeSet<>(documents));
        calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
    }

    /** The same with other entries of the engine's. */
    public Observation with(SortedMap<Principal, LiveEdge> others) {
        return new Observation(resource, at, others, foreign, marked, documents, calls, state);
    }
}

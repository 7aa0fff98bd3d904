package org.physionet.provisioner.engine.adapter;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Principal;

/**
 * One document's change, sent and refused as a whole.
 *
 * @param document its name, for the ledger and for people
 * @param grants who gets in by it
 * @param revokes who gets out by it
 * @param calls predicted provider calls by method
 * @param bytes size of what is sent, 0 if not known in advance
 * @param upkeep what else it does that moves nobody in or out, for people and the ledger, e.g. {@code renews 3 leases};
 *     empty: nothing. A write of upkeep alone has neither grants nor revokes
 * @param payload the adapter's own; immutable
 */
public record Write(
        String document,
        SortedSet<Principal> grants,
        SortedSet<Principal> revokes,
        Map<String, Integer> calls,
        long bytes,
        String upkeep,
        Object payload) {
    public Write {
        grants = Collections.unmodifiableSortedSet(new TreeSet<>(grants));
        revokes = Collections.unmodifiableSortedSet(new TreeSet<>(revokes));
        calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
    }

    /** Without upkeep. */
    public Write(
            String document,
            SortedSet<Principal> grants,
            SortedSet<Principal> revokes,
            Map<String, Integer> calls,
            long bytes,
            Object payload) {
        this(document, grants, revokes, calls, bytes, "", payload);
    }
}

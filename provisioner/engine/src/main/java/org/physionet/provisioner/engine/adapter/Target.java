package org.physionet.provisioner.engine.adapter;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/**
 * Every entry of the engine's kind that a resource should have after the write: kept, held back and new ones alike.
 *
 * @param edges by the principal that they are for
 * @param otherNames the principals of {@code edges} as which the provider may show or want them too ({@link
 *     IdentityKind#alsoShownAs}), for layouts that can only write those; without an entry: none is known
 * @param resting those of {@code edges} who stand in an {@link LiveEdge#earlier} layout and are left there for now
 */
public record Target(
        SortedMap<Principal, Edge> edges,
        SortedMap<Principal, SortedSet<Principal>> otherNames,
        SortedSet<Principal> resting) {
    public Target {
        edges = Collections.unmodifiableSortedMap(new TreeMap<>(edges));
        otherNames = Collections.unmodifiableSortedMap(new TreeMap<>(otherNames));
        resting = Collections.unmodifiableSortedSet(new TreeSet<>(resting));
    }

    /** Without other names. */
    public Target(SortedMap<Principal, Edge> edges) {
        this(edges, new TreeMap<>());
    }

    /** Where nobody stands in an earlier layout. */
    public Target(SortedMap<Principal, Edge> edges, SortedMap<Principal, SortedSet<Principal>> otherNames) {
        this(edges, otherNames, new TreeSet<>());
    }

    /** The same, with other names. */
    public Target named(SortedMap<Principal, SortedSet<Principal>> names) {
        return new Target(edges, names, resting);
    }

    /** Of those who are wanted, these alone, none of them resting. */
    public Target only(Predicate<Principal> which) {
        SortedMap<Principal, Edge> some = new TreeMap<>(edges);
        some.keySet().removeIf(which.negate());
        return new Target(some, otherNames);
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

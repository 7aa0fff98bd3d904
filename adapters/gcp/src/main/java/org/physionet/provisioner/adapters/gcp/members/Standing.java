package org.physionet.provisioner.adapters.gcp.members;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.Entry;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.model.Principal;

/**
 * Who stands directly in a policy at one moment: people of the engine's kind, what of it has run out, and the rest. Pure.
 */
public final class Standing {
    private final SortedMap<Principal, Place> people = new TreeMap<>();
    private final BitSet expired = new BitSet();
    private final List<ForeignEntry> foreign = new ArrayList<>();
    private boolean marked;

    /**
     * Where one person stands.
     *
     * @param spelling of the entry that counts most
     * @param end when access by it ends; null: never
     * @param places in the policy's entries
     * @param uniform whether all entries say the same, and what the engine would write
     */
    public record Place(String spelling, @Nullable Instant end, BitSet places, boolean uniform) {}

    public static Standing in(MemberPolicy policy, Instant now) {
        Standing standing = new Standing();
        List<Entry> entries = policy.entries();
        for (int i = 0; i < entries.size(); i++) {
            standing.add(i, entries.get(i), now);
        }
        return standing;
    }

    private void add(int position, Entry entry, Instant now) {
        Principal person = entry.person().orElse(null);
        if (person == null) {
            foreign.add(entry.foreign());
            return;
        }
        marked |= entry.form() != Entry.Form.PLAIN;
        if (entry.isExpired(now)) {
            expired.set(position);
            return;
        }
        BitSet places = new BitSet();
        places.set(position);
        boolean written = entry.form() != Entry.Form.CHANGED_LEASE;
        people.merge(person, new Place(entry.member(), entry.leaseEnd(), places, written), Standing::joined);
    }

    /** Of several entries the one that ends last counts. */
    private static Place joined(Place one, Place other) {
        BitSet places = new BitSet();
        places.or(one.places());
        places.or(other.places());
        boolean same = java.util.Objects.equals(one.end(), other.end());
        Place longer = one.end() == null || other.end() != null && !other.end().isAfter(one.end()) ? one : other;
        return new Place(longer.spelling(), longer.end(), places, one.uniform() && other.uniform() && same);
    }

    public SortedMap<Principal, Place> people() {
        return people;
    }

    /** Positions of leases that have run out: they give no access and fill the policy. */
    public BitSet expired() {
        return expired;
    }

    public List<ForeignEntry> foreign() {
        return foreign;
    }

    /** Whether the policy shows a mark of ours. */
    public boolean marked() {
        return marked;
    }

    public SortedMap<Principal, LiveEdge> edges(String document) {
        SortedMap<Principal, LiveEdge> edges = new TreeMap<>();
        people.forEach((person, place) -> edges.put(
                person,
                new LiveEdge(
                        person, place.spelling(), place.end(), GooglePrincipals.isDead(place.spelling()), document)));
        return edges;
    }
}

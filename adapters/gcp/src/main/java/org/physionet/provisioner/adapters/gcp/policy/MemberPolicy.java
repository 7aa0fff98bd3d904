package org.physionet.provisioner.adapters.gcp.policy;

import java.util.BitSet;
import java.util.List;

/** A resource's policy as it was read, with its token: who stands in it, and the policy after a change. Immutable. */
public interface MemberPolicy {
    /** Principal occurrences in one policy, of all roles together (facts/gcp.md 1). */
    int MOST_PRINCIPALS = 1_500;

    /** Groups among them. */
    int MOST_GROUPS = 250;

    /** In the document's order; the same list at every call. */
    List<Entry> entries();

    /**
     * The policy without some entries and with others, each once, in a form that the provider takes back. All else is
     * kept as it was.
     *
     * @param dropped positions in {@link #entries}
     */
    MemberPolicy with(BitSet dropped, List<Addition> added);

    /** Size of the request body that it is sent as, before compression. */
    long bytes();

    default int principals() {
        return (int) entries().stream().filter(Entry::counts).count();
    }

    default int groups() {
        return (int) entries().stream().filter(Entry::isGroup).count();
    }

    default boolean admits(String group) {
        return entries().stream().anyMatch(entry -> entry.admits(group));
    }

    /** The positions of a group's entries of the reader's role, without a condition. */
    default BitSet placesOf(String group) {
        BitSet places = new BitSet();
        for (int i = 0; i < entries().size(); i++) {
            places.set(i, entries().get(i).admits(group));
        }
        return places;
    }
}

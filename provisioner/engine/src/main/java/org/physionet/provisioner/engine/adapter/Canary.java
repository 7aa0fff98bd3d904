package org.physionet.provisioner.engine.adapter;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/**
 * An account of our own that reads as a researcher would: its refused read proves a revocation, its first read a grant. In a layout with
 * places it stands in every one of them.
 */
public interface Canary {
    Principal principal();

    /** Its other names, as {@link IdentityKind#alsoShownAs} gives them of researchers. */
    default SortedSet<Principal> alsoShownAs() {
        return new TreeSet<>();
    }

    /**
     * One attempt to read.
     *
     * @param place through which of the resource's documents, for layouts with places; null: the layout has none
     */
    Reading read(Resource resource, @Nullable String place);

    /** What the provider answered. */
    sealed interface Reading {
        record Allowed() implements Reading {}

        record Refused() implements Reading {}

        /** Neither: the network, a missing object, a wrong credential. */
        record Unclear(String why) implements Reading {}
    }
}

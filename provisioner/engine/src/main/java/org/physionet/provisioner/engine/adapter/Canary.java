package org.physionet.provisioner.engine.adapter;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** An account of our own that reads as a researcher would: its refused read proves a revocation, its first read a grant. */
public interface Canary {
    Principal principal();

    /**
     * One attempt to read.
     *
     * @param place where the canary stands, for layouts with places; null: the layout has none
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

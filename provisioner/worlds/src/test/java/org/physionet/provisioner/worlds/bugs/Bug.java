package org.physionet.provisioner.worlds.bugs;

import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.store.Store;

/** The deliberate bugs, each a mistake that a peer has made, as wrappers around the engine's ports. */
public enum Bug {
    NONE;

    public Adapter wrap(Adapter adapter) {
        return adapter;
    }

    public Store wrap(Store store, Object attempt) {
        return store;
    }

    public SourceReading wrap(SourceReading reading) {
        return reading;
    }
}

package org.physionet.provisioner.engine.reconcile;

import java.util.List;

/** Runs work for different providers so that one that is down delays no other. In a simulation: one after the other. */
@FunctionalInterface
public interface Lanes {
    /** One after the other, in order. */
    Lanes SEQUENTIAL = lanes -> lanes.forEach(Runnable::run);

    /** Returns when all are done. A lane does not throw. */
    void run(List<Runnable> lanes);
}

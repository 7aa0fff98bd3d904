package org.physionet.provisioner.engine.reconcile;

import java.util.function.Supplier;

/** Whether a run is wanted to end before it is done: what it leaves, the next run does. */
public enum Haste {
    NONE,
    /** Finish the resources that are begun, begin no other. */
    FINISH_WHAT_IS_BEGUN,
    /** End after the call that is under way. */
    END_NOW;

    /** Nobody ever hurries. */
    public static final Supplier<Haste> NEVER = () -> NONE;
}

package org.physionet.provisioner.adapters.first.mistakes;

import org.physionet.provisioner.engine.time.Sleeper;

/** Breaks a rule on purpose: what an adapter waits with is lent to it. */
record WaitsByItself(Sleeper sleeper) {
    WaitsByItself() {
        this(Thread::sleep);
    }
}

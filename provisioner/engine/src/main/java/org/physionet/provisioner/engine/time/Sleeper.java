package org.physionet.provisioner.engine.time;

import java.time.Duration;

/** Waits. In tests it advances the clock instead. */
@FunctionalInterface
public interface Sleeper {
    /** @throws InterruptedException if the wait is cut short: the run stops as at its deadline */
    void sleep(Duration duration) throws InterruptedException;
}

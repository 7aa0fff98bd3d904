package org.physionet.provisioner.store.mistakes;

import java.time.Instant;

/** Breaks a rule on purpose: the clock is the app's. */
final class ReadsTheClock {
    private ReadsTheClock() {}

    static Instant now() {
        return Instant.now();
    }
}

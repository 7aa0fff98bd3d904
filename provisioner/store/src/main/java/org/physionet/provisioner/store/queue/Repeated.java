package org.physionet.provisioner.store.queue;

import java.time.Instant;

/**
 * Work that is done again and again, by one instance at a time. Times that passed while no instance was running, or while it
 * was being done, are made up for by doing it once.
 */
public interface Repeated {
    /** Unique among repeated work; stays the same from release to release. */
    String name();

    /** When it is due for the first time in this record. An earlier time that is recorded stays. */
    Instant first(Instant now);

    /**
     * Does it once. May be done again from the start when the instance died at it.
     *
     * @return when it is due again; what it throws is logged, and it is due again at {@link #afterFailure}
     */
    Instant perform();

    Instant afterFailure(Instant now);
}

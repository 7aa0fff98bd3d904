package org.physionet.provisioner.engine.adapter;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;

/** What came of a call. Provider error codes become these in one place per adapter, and nowhere else. */
public sealed interface Outcome {
    /** In force as far as the provider's answer goes; proof is a read. */
    sealed interface Success extends Outcome {}

    /** Not in force, or not known to be. */
    sealed interface Failure extends Outcome {
        /** For people: what the provider said, without secrets. */
        String reason();
    }

    /** Accepted by the provider. */
    record Applied() implements Success {}

    /** Nothing had to be done. */
    record AlreadySo() implements Success {}

    /**
     * Refused because of principals; nothing was written.
     *
     * @param culprits those that the provider named; empty: it named none, and the engine bisects
     */
    record Rejected(SortedSet<Principal> culprits, String reason) implements Failure {
        public Rejected {
            culprits = Collections.unmodifiableSortedSet(new TreeSet<>(culprits));
        }
    }

    /** The resource is gone, or our own rights, an organisation policy or a limit forbid it. It quarantines nobody. */
    record Denied(String reason) implements Failure {}

    /** Somebody else wrote meanwhile: read again, plan again. */
    record Conflict(String reason) implements Failure {}

    /**
     * Too fast.
     *
     * @param until when the provider asks to come back; null: it did not say
     */
    record Throttled(@Nullable Instant until, String reason) implements Failure {}

    /** The provider could not do it now and says that nothing was done. */
    record Unavailable(String reason) implements Failure {}

    /** No usable answer: it may or may not be in force. Resolved by reading. */
    record Unknown(String reason) implements Failure {}
}

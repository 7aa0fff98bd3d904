package org.physionet.provisioner.engine.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/**
 * Nonces for proofs of identity: one open at a time for a person and a provider. Durable and told in the ledger like
 * everything in {@link Store}.
 */
public interface Challenges {
    /** Takes the place of an earlier challenge of this person at this provider. */
    void challenge(Challenge challenge, String actor);

    /** The challenge that a person has not answered yet. */
    Optional<Challenge> challengeOf(ResearcherId researcher, String provider);

    /**
     * Uses a challenge up, whatever came of it.
     *
     * @param proven the account that was shown to be the person's; null: nothing was proven
     * @return false if it was used up before: then nothing is recorded, and nothing is proven
     */
    boolean spend(Challenge challenge, @Nullable Principal proven, String actor, Instant at);
}

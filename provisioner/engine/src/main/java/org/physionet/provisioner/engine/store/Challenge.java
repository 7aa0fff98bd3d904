package org.physionet.provisioner.engine.store;

import java.time.Instant;
import org.physionet.provisioner.engine.model.ResearcherId;

/**
 * A nonce that was made for one person to prove one cloud account with, once.
 *
 * @param provider short name, e.g. {@code aws}
 * @param nonce unguessable; never in the ledger
 */
public record Challenge(ResearcherId researcher, String provider, String nonce, Instant madeAt) {
    @Override
    public String toString() {
        return "challenge for " + researcher + " at " + provider + " of " + madeAt;
    }
}

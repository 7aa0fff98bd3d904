package org.physionet.provisioner.engine.adapter;

import java.time.Instant;
import java.util.List;
import org.physionet.provisioner.engine.model.CloudAccount;

/**
 * Has somebody show that a cloud account is theirs. Stateless: the caller makes the nonce, keeps it with the person it was
 * made for, gives it in once, and never accepts it again.
 */
public interface IdentityProof {
    /**
     * What a person does to make the proof: exact commands or steps.
     *
     * @param nonce unguessable, made for this person and this attempt
     */
    List<String> instructions(String nonce);

    /**
     * Judges what the person brought.
     *
     * @param presented as pasted or sent; hostile until proven otherwise
     */
    Verdict verify(String presented, String nonce, Instant now);

    sealed interface Verdict {
        /** The provider says that the bearer is this account. */
        record Proven(CloudAccount account) implements Verdict {}

        /**
         * It proves nothing.
         *
         * @param reason for people, with what to do; names no secret
         */
        record Refused(String reason) implements Verdict {}

        /** The provider could not be asked; try again. */
        record Unavailable(String reason) implements Verdict {}
    }
}

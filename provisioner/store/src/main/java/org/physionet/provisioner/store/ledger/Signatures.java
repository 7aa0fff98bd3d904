package org.physionet.provisioner.store.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the keys that sign a ledger, from the one that is trusted on: what another key signed before the trusted one was met is passed
 * over, since the trusted one's own checkpoint covers it; what another signs afterwards is false.
 */
final class Signatures {
    private byte @Nullable [] key;
    private boolean met;
    private @Nullable SignedCheckpoint reached;

    /** @param key DER; null: nothing is trusted, and nothing checked */
    Signatures(byte @Nullable [] key) {
        this.key = key;
    }

    boolean wanted() {
        return key != null;
    }

    boolean trusts(SignedCheckpoint checkpoint) {
        byte[] own = key;
        return own != null && Ed25519.name(own).equals(checkpoint.key());
    }

    /** What is wrong with a checkpoint's signature; empty: nothing, or nothing that concerns the trusted key. */
    Optional<String> objection(SignedCheckpoint checkpoint) {
        byte[] own = key;
        if (own == null) {
            return Optional.empty();
        }
        if (trusts(checkpoint)) {
            return checkpoint.isOf(own)
                    ? Optional.empty()
                    : Optional.of("the checkpoint of record " + checkpoint.seq()
                            + " does not bear the signature of key " + checkpoint.key() + ": it was edited or forged");
        }
        return met
                ? Optional.of("the checkpoint of record " + checkpoint.seq() + " is signed with key " + checkpoint.key()
                        + ", expected " + Ed25519.name(own))
                : Optional.empty();
    }

    void reached(SignedCheckpoint checkpoint) {
        met = true;
        reached = checkpoint;
    }

    /** A change of the key: followed if the trusted one signed it. @return what is wrong with it */
    Optional<String> follow(JsonNode payload) {
        byte[] own = key;
        if (own == null) {
            return Optional.empty();
        }
        KeyChange change = new KeyChange(
                payload.path("public").asText(),
                payload.path("by").isTextual() ? payload.get("by").asText() : null,
                payload.path("signature").isTextual() ? payload.get("signature").asText() : null);
        String name = Ed25519.name(own);
        if (change.isSignedBy(own)) {
            key = Base64.getDecoder().decode(change.publicKey());
            met = true;
            return Optional.empty();
        }
        if (name.equals(change.by())) {
            return Optional.of(" names a key that key " + name + " did not sign");
        }
        boolean ours = change.publicKey().equals(Base64.getEncoder().encodeToString(own));
        if (met && !ours) {
            return Optional.of(" puts another key in place of key " + name + " without its signature");
        }
        met |= ours;
        return Optional.empty();
    }

    /** The last record that is covered; null: none. */
    @Nullable Long upTo() {
        return reached == null ? null : reached.seq();
    }

    @Nullable Instant at() {
        return reached == null ? null : reached.at();
    }
}

package org.physionet.provisioner.store.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.physionet.provisioner.engine.adapter.Signer;

/**
 * Somebody's signature under the ledger as it was at a moment: everything up to a record, since the chain binds what came before.
 * Signed is the text {@link #signed}: a line that says what it is, then canonical JSON.
 *
 * @param seq the last record's number; 0: the ledger was empty
 * @param at when it was signed, to the microsecond
 * @param key the key's name ({@link Ed25519#name})
 * @param signature base64
 */
public record SignedCheckpoint(long seq, String hash, Instant at, String key, String signature) {
    private static final String WHAT = "physionet-provisioner ledger checkpoint 1\n";

    public static SignedCheckpoint by(Signer signer, long seq, String hash, Instant at) {
        String key = Ed25519.name(signer.publicKey());
        Instant moment = at.truncatedTo(ChronoUnit.MICROS);
        byte[] signature = signer.sign(signed(seq, hash, moment, key));
        return new SignedCheckpoint(seq, hash, moment, key, Base64.getEncoder().encodeToString(signature));
    }

    public boolean isOf(byte[] publicKey) {
        return Ed25519.name(publicKey).equals(key)
                && Ed25519.verifies(publicKey, signed(seq, hash, at, key), signature);
    }

    /** The bytes that are signed. */
    static byte[] signed(long seq, String hash, Instant at, String key) {
        return (WHAT + CanonicalJson.of(Map.of("at", at, "hash", hash, "key", key, "seq", seq)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As it stands in an export. */
    public String line() {
        return CanonicalJson.of(
                Map.of("checkpoint", Map.of("at", at, "hash", hash, "key", key, "seq", seq), "signature", signature));
    }
}

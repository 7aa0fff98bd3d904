package org.physionet.provisioner.store.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Signer;

/**
 * From here on another key signs; the payload of record {@code key_changed}. The old key signs the new one, so whoever trusts the
 * first can follow to the last.
 *
 * @param publicKey of the new key, base64 of its DER form
 * @param by the old key's name; null: the first key, or the old one is lost
 * @param signature the old key's, base64; null with {@code by}
 */
public record KeyChange(
        String publicKey, @Nullable String by, @Nullable String signature) {
    private static final String WHAT = "physionet-provisioner ledger key 1\n";

    public static KeyChange of(@Nullable Signer before, Signer next) {
        String publicKey = Base64.getEncoder().encodeToString(next.publicKey());
        if (before == null) {
            return new KeyChange(publicKey, null, null);
        }
        String by = Ed25519.name(before.publicKey());
        return new KeyChange(publicKey, by, Base64.getEncoder().encodeToString(before.sign(signed(by, publicKey))));
    }

    /** The new key's name in a payload. */
    public static String keyOf(String payload) {
        int at = payload.indexOf("\"key\":\"") + "\"key\":\"".length();
        return payload.substring(at, payload.indexOf('"', at));
    }

    /** The new key's name. */
    public String key() {
        return Ed25519.name(Base64.getDecoder().decode(publicKey));
    }

    /** Whether the old key, which is this one, signed the new one. */
    public boolean isSignedBy(byte[] before) {
        return by != null && signature != null && Ed25519.verifies(before, signed(by, publicKey), signature);
    }

    private static byte[] signed(String by, String publicKey) {
        return (WHAT + CanonicalJson.of(Map.of("by", by, "public", publicKey))).getBytes(StandardCharsets.UTF_8);
    }

    public Map<String, @Nullable Object> payload() {
        Map<String, @Nullable Object> payload = new HashMap<>();
        payload.put("key", key());
        payload.put("public", publicKey);
        payload.put("by", by);
        payload.put("signature", signature);
        return payload;
    }
}

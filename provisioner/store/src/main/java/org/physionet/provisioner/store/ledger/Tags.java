package org.physionet.provisioner.store.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.physionet.provisioner.engine.adapter.Signer;

/**
 * Marks by which the holder of the ledger's key, and nobody else, knows a researcher or an account again when the database with the
 * names is lost: HMAC-SHA-256 over kind, line feed, value, under a secret that comes from the key. To find whom a reference means, one
 * tries the people whom the source has; a tag alone says nothing (decisions/017).
 */
public final class Tags {
    private static final byte[] PURPOSE = "physionet-provisioner ledger tags 1".getBytes(StandardCharsets.UTF_8);

    private final String key;
    private final SecretKeySpec secret;

    private Tags(String key, SecretKeySpec secret) {
        this.key = key;
        this.secret = secret;
    }

    /** Ed25519 signs without chance, so the same key gives the same secret, also where it never leaves a key service. */
    public static Tags of(Signer signer) {
        byte[] seed = signer.sign(PURPOSE);
        return new Tags(Ed25519.name(signer.publicKey()), new SecretKeySpec(seed, "HmacSHA256"));
    }

    /** The name of the key that they come from. */
    public String key() {
        return key;
    }

    public String of(String kind, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal((kind + "\n" + value).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA-256", e);
        }
    }
}

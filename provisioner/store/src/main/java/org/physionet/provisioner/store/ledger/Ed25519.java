package org.physionet.provisioner.store.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 (RFC 8032) as the JDK has it: names of keys, and whether a signature is of a key. */
public final class Ed25519 {
    private Ed25519() {}

    /** A key's name: the first 16 hexadecimal digits of SHA-256 over its base64 form. */
    public static String name(byte[] publicKey) {
        return Sha256.of(Base64.getEncoder().encodeToString(publicKey)).substring(0, 16);
    }

    /** Whether it is a public key of this kind, DER. */
    public static boolean isKey(byte[] publicKey) {
        try {
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** @return false also if the key or the signature is none */
    public static boolean verifies(byte[] publicKey, byte[] message, String signature) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}

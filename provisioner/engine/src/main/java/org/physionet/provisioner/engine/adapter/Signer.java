package org.physionet.provisioner.engine.adapter;

/**
 * An Ed25519 key (RFC 8032) that signs what the ledger says of itself: a file's, or one that never leaves a provider's key
 * service. Signing the same bytes twice gives the same signature.
 *
 * <p>Safe for concurrent use.
 */
public interface Signer {
    /**
     * The public half, DER (X.509 SubjectPublicKeyInfo).
     *
     * @throws java.io.UncheckedIOException if the key service does not answer, or its key is of another kind; the message, for people,
     *     says what to do
     */
    byte[] publicKey();

    /**
     * @return 64 bytes
     * @throws java.io.UncheckedIOException if the key service does not answer or refuses; the message, for people, says what to do
     */
    byte[] sign(byte[] message);
}

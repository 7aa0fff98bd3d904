package org.physionet.provisioner.app.ledger;

import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.function.Supplier;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.store.ledger.Ed25519;

/**
 * A key of a provider's key service. What comes from there is checked before it is used: the public key must be one of Ed25519, and each
 * signature must verify with it, so that a verifier never meets one that does not. A failure ends the command with a message for people.
 */
public final class KeyService implements Signer {
    private final String name;
    private final Signer service;

    /** @param name as {@code ledger.key} says it */
    public KeyService(String name, Signer service) {
        this.name = name;
        this.service = service;
    }

    @Override
    public byte[] publicKey() {
        byte[] key = asked(service::publicKey);
        if (!Ed25519.isKey(key)) {
            throw new WorkFailed(
                    Problem.of("What the key service gives out is no public key of Ed25519")
                            .at(name)
                            .next("name a key of AWS KMS with key spec ECC_NIST_EDWARDS25519, or of Cloud KMS with"
                                    + " algorithm EC_SIGN_ED25519"),
                    null);
        }
        return key;
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] key = publicKey();
        byte[] signature = asked(() -> service.sign(message));
        if (!Ed25519.verifies(key, message, Base64.getEncoder().encodeToString(signature))) {
            throw new WorkFailed(
                    Problem.of("The key service's signature does not verify with its own public key: it is not used")
                            .at(name)
                            .next("run it again; if it stays so, look whether the key was exchanged"),
                    null);
        }
        return signature;
    }

    private static byte[] asked(Supplier<byte[]> question) {
        try {
            return question.get();
        } catch (UncheckedIOException e) {
            throw new WorkFailed(Problem.of("The ledger's signing key can not be used: " + e.getMessage()), e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

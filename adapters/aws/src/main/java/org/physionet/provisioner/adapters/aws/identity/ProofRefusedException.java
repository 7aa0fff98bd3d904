package org.physionet.provisioner.adapters.aws.identity;

/** What was brought proves nothing. The message is for people and repeats nothing of it: it is a credential for some minutes. */
final class ProofRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProofRefusedException(String reason) {
        super(reason);
    }

    static void unless(boolean fine, String reason) {
        if (!fine) {
            throw new ProofRefusedException(reason);
        }
    }
}

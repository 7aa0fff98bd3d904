package org.physionet.provisioner.simulator;

/** One call of a provider's API, recognised and ready to be performed. Recognising it has no effect. */
public interface Operation {
    /** Its name in the provider's reference: {@code storage.buckets.setIamPolicy}, {@code s3control.PutAccessPointPolicy}. */
    String method();

    Kind kind();

    /** Does it, atomically with regard to all other operations of the world. Provider errors are responses too. */
    Response perform();

    /**
     * The provider's own error body for an injected or quota failure with this status; nothing is changed.
     *
     * @param reason the provider's reason or code; empty for the usual one of that status
     */
    Response refuse(int status, String reason);

    /** Whether a call may change what it is about. */
    enum Kind {
        READ,
        WRITE
    }
}

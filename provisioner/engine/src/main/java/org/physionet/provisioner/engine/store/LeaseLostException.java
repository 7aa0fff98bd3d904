package org.physionet.provisioner.engine.store;

/** Somebody else has the lease under which something was to be recorded; nothing of it is. What is so now is theirs to say. */
public final class LeaseLostException extends StoreException {
    private static final long serialVersionUID = 1;

    public LeaseLostException(Lease lease) {
        super(
                lease.name() + ": " + lease.owner() + " no longer has the lease (token " + lease.token()
                        + "): another instance has taken over",
                null);
    }
}

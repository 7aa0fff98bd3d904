package org.physionet.provisioner.store.ledger;

/**
 * A place in the chain that is known from elsewhere: noted by a person, or published. Only with one can a verifier see that the end
 * of a ledger was cut off, or everything written anew. Whoever gets it from a signature checks that first.
 */
public record Checkpoint(long seq, String hash) {}

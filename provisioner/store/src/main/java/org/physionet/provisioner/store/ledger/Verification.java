package org.physionet.provisioner.store.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verifying an export gave.
 *
 * @param records how many records were read
 * @param head the last record's hash, as the file states it
 * @param identities how many names were checked against their commitments
 * @param checkpoints how many trusted checkpoints the chain passes through
 * @param signedUpTo the last record that a checkpoint of the trusted key covers; null: none, or no key was given
 * @param signedAt when that was; null with it
 * @param findings in the order of the file; empty: the ledger is whole
 */
public record Verification(
        long records,
        String head,
        long identities,
        int checkpoints,
        @Nullable Long signedUpTo,
        @Nullable Instant signedAt,
        List<Finding> findings) {
    public Verification {
        findings = List.copyOf(findings);
    }

    public boolean whole() {
        return findings.isEmpty();
    }
}

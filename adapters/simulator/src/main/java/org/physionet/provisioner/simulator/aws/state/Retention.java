package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;

/**
 * Until when a version can not be deleted (S3 user guide, "Locking objects with Object Lock").
 *
 * @param until it is free from then on
 */
public record Retention(Mode mode, Instant until) {
    /** Who may lift it before its time. */
    public enum Mode {
        /** Whoever has {@code s3:BypassGovernanceRetention} and says so. */
        GOVERNANCE,
        /** Nobody, the account's root included. */
        COMPLIANCE
    }

    public boolean holds(Instant now) {
        return now.isBefore(until);
    }
}

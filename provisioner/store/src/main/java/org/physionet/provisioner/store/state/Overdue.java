package org.physionet.provisioner.store.state;

import java.time.Instant;
import java.util.Optional;

/**
 * Revocations that have been known for too long and are not proven.
 *
 * @param oldest when the one that waits longest was known; empty: there are none
 */
public record Overdue(long count, Optional<Instant> oldest) {}

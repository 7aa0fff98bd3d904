package org.physionet.provisioner.engine.store;

import java.time.Instant;

/**
 * The right to be the one writer of something, for a while.
 *
 * @param token grows with every new holder: a fence against a holder that stalled
 */
public record Lease(String name, String owner, long token, Instant expiresAt) {}

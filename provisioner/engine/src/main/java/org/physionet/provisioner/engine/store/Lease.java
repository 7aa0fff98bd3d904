package org.physionet.provisioner.engine.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one writer of something, for a while.
 *
 * @param token grows with every new holder: a fence against a holder that stalled
 * @param abandonedAt when the term of a holder ran out that never gave it back, the last time that happened: what it sent
 *     before may still be under way. Null: every holder gave it back
 */
public record Lease(
        String name,
        String owner,
        long token,
        Instant expiresAt,
        @Nullable Instant abandonedAt) {
    /** One that every holder before gave back. */
    public Lease(String name, String owner, long token, Instant expiresAt) {
        this(name, owner, token, expiresAt, null);
    }
}

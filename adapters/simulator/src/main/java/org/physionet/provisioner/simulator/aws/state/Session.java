package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A temporary credential from STS.
 *
 * @param principal the unique id of the user or role behind it
 * @param name the role session's name; empty for a user's session
 * @param policy a session policy, which the session can not exceed
 */
public record Session(
        String keyId,
        String secret,
        String token,
        String principal,
        String name,
        Instant expiresAt,
        Optional<String> policy) {
    @Override
    public String toString() {
        return "Session[" + keyId + "]";
    }
}

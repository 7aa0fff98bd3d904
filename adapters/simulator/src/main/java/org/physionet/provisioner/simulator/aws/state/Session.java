package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A temporary credential from STS.
 *
 * @param principal the unique id of the user or role behind it
 * @param name the role session's name; empty for a user's session
 * @param policy a session policy, which the session can not exceed
 * @param vended present if S3 Access Grants vended it
 */
public record Session(
        String keyId,
        String secret,
        String token,
        String principal,
        String name,
        Instant expiresAt,
        Optional<String> policy,
        Optional<Vended> vended) {

    /**
     * That an access grant brought it about.
     *
     * @param instance the ARN of the instance of S3 Access Grants
     * @param grantee the unique id of the user or role that asked for it
     */
    public record Vended(String instance, String grantee) {}

    @Override
    public String toString() {
        return "Session[" + keyId + "]";
    }
}

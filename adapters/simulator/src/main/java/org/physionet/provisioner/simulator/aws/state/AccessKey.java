package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;

/** A user's long-lived key. The secret is never printed but in the state and in CreateAccessKey's answer. */
public record AccessKey(String id, String secret, boolean active, Instant createdAt) {
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}

package org.physionet.provisioner.adapters.gcp.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member who is to have the reader's role.
 *
 * @param member as IAM writes it
 * @param leaseEnd when it is to end by itself; null: never
 */
public record Addition(String member, @Nullable Instant leaseEnd) {
    public static Addition ofGroup(String group) {
        return new Addition("group:" + group, null);
    }
}

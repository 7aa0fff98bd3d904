package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;

/**
 * A customer-managed key of KMS.
 *
 * @param policy its key policy; principals by unique id
 */
public record KmsKey(String arn, StoredPolicy policy, Instant createdAt) {
    public String id() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}

package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import org.physionet.provisioner.simulator.aws.policy.S3PolicyRules;

/**
 * An access point of an account and region, before one bucket for its whole life; its public blocks are fixed when it is made
 * (facts/aws.md A1.3).
 *
 * @param alias a name that stands where a bucket's name is expected
 */
public record AccessPoint(
        String account,
        String region,
        String name,
        String bucket,
        String alias,
        Instant createdAt,
        PublicAccessBlock block,
        Lagged<StoredPolicy> policy) {

    public String arn() {
        return "arn:aws:s3:" + region + ":" + account + ":accesspoint/" + name;
    }

    public S3PolicyRules.Scope scope() {
        return new S3PolicyRules.Scope.AccessPoint(arn());
    }
}

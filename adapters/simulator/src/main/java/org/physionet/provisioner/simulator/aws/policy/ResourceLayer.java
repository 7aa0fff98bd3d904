package org.physionet.provisioner.simulator.aws.policy;

import org.jspecify.annotations.Nullable;

/**
 * One thing on the way of a request that has a policy of its own: a bucket, or an access point before its bucket. All layers must
 * allow (S3 user guide, "Configuring IAM policies for using access points").
 *
 * @param name as a person reads it: {@code bucket policy of data-one}
 * @param owner the account that owns it
 * @param resource the ARN that its policy and the caller's own policies name
 * @param policy null: it has none
 * @param cutsOthers {@code RestrictPublicBuckets} is on and the policy is public: only the owner's account gets through
 * @param addressed the request names it: the caller's own side must allow it. An access point is addressed, its bucket is not
 * @param anonymousAllowed access points refuse unsigned requests
 */
public record ResourceLayer(
        String name,
        String owner,
        String resource,
        @Nullable PolicyDocument policy,
        boolean cutsOthers,
        boolean addressed,
        boolean anonymousAllowed) {}

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
 */
public record ResourceLayer(
        Kind kind,
        String name,
        String owner,
        String resource,
        @Nullable PolicyDocument policy,
        boolean cutsOthers) {

    /** What a layer is: how its own policy and the caller's own policies go together. */
    public enum Kind {
        /** Without a policy of its own: IAM and such. */
        ACCOUNT,
        BUCKET,
        /** Refuses unsigned requests. */
        ACCESS_POINT,
        /** Reached through an access point: a foreign caller's own policies name the access point, not this. */
        BUCKET_BEHIND,
        /** Of S3 Access Grants: asked whether somebody may come for credentials. */
        GRANTS_INSTANCE,
        /** Its key policy must allow, also within the account. */
        KMS_KEY,
        /** Its trust policy must allow, also within the account. */
        ROLE
    }

    boolean isAddressed() {
        return kind != Kind.BUCKET_BEHIND;
    }
}

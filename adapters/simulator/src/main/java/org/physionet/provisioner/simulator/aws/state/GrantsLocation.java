package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;

/**
 * A place that S3 Access Grants may give access to, and the role by which it does.
 *
 * @param id {@code default} for {@code s3://}, else made up
 * @param scope {@code s3://}, {@code s3://BUCKET} or {@code s3://BUCKET/PREFIX*}
 */
public record GrantsLocation(String id, String scope, String roleArn, Instant createdAt) {

    /** What a sub-prefix is appended to. */
    String base() {
        String base = scope.endsWith("*") ? scope.substring(0, scope.length() - 1) : scope;
        boolean bareBucket = base.length() > "s3://".length() && base.indexOf('/', "s3://".length()) < 0;
        return bareBucket ? base + "/" : base;
    }

    /** The scope of a grant in it (S3 API reference, CreateAccessGrant: "the result of appending the subprefix to the location scope"). */
    public String grantScope(String subPrefix) {
        return subPrefix.isEmpty() ? scope : base() + subPrefix;
    }
}

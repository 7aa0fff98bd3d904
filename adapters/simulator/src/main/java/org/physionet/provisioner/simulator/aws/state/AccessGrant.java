package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;

/**
 * One grant of S3 Access Grants to a user or role.
 *
 * @param location the id of the location that it is in
 * @param subPrefix what was appended to the location's scope; empty if nothing
 * @param grantee the ARN of the user or role, as it was written
 * @param object it is for one object; otherwise for a bucket or prefix
 * @param scope {@code s3://BUCKET/PREFIX*}
 */
public record AccessGrant(
        String id,
        String location,
        String subPrefix,
        String grantee,
        Permission permission,
        boolean object,
        String scope,
        Instant createdAt) {

    /** What the grantee may do. */
    public enum Permission {
        READ,
        WRITE,
        READWRITE;

        /** Whether it is enough for what is asked for. */
        public boolean covers(Permission asked) {
            return this == READWRITE || this == asked;
        }
    }

    /** What can not be there twice. */
    String identity() {
        return grantee + " " + permission + " " + scope;
    }
}

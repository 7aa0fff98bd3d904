package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.Map;

/**
 * A managed policy of an account; the simulator keeps one version of each.
 *
 * @param text as written
 */
public record ManagedPolicy(String path, String name, String id, String description, Instant createdAt, String text) {
    private static final String AWS = "arn:aws:iam::aws:policy/";

    /** AWS's own policies that the simulator knows; enough for administrators and S3 readers. */
    public static final Map<String, String> OF_AWS = Map.of(
            AWS + "AdministratorAccess", allow("*"),
            AWS + "AmazonS3FullAccess", allow("s3:*"),
            AWS + "AmazonS3ReadOnlyAccess", allow("s3:Get*", "s3:List*"),
            AWS + "IAMFullAccess", allow("iam:*"),
            AWS + "ReadOnlyAccess", allow("s3:Get*", "s3:List*", "iam:Get*", "iam:List*", "sts:Get*"));

    private static String allow(String... actions) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
                + String.join("\",\"", actions) + "\"],\"Resource\":\"*\"}]}";
    }
}

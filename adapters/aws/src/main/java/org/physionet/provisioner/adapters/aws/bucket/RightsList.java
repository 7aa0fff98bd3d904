package org.physionet.provisioner.adapters.aws.bucket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;

/**
 * Actions to ask IAM about, by an example of each resource. Pure.
 *
 * @param context condition keys and values that the engine's calls have
 */
record RightsList(SortedMap<String, SortedSet<String>> actions, SortedMap<String, String> context) {
    /** In place of what a pattern leaves open. */
    private static final String EXAMPLE = "01";

    private RightsList() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /** Everything that the least policy allows: the same text that doctor prints. */
    static RightsList needed(String layout, AwsSettings settings, S3Location location) {
        RightsList list = new RightsList();
        for (JsonNode statement : statements(EngineRole.policy(layout, settings, location))) {
            boolean itself = statement.path("Sid").asText().equals("Itself");
            if (itself || !statement.path("Effect").asText().equals("Allow")) {
                continue;
            }
            for (JsonNode resource : statement.path("Resource")) {
                String arn = resource.asText();
                String example = arn.equals("*") ? arn : arn.replace("*", EXAMPLE);
                statement.path("Action").forEach(action -> list.add(example, action.asText()));
            }
            statement
                    .at("/Condition/StringEquals")
                    .properties()
                    .forEach(
                            key -> list.context.put(key.getKey(), key.getValue().asText()));
        }
        return list;
    }

    /** What lets whoever has it read or change the data, open the bucket, or give itself more. */
    static RightsList beyond(String layout, AwsSettings settings, S3Location location, String self) {
        RightsList list = new RightsList();
        String bucket = "arn:aws:s3:::" + location.bucket();
        String object = location.prefix() + EXAMPLE;
        list.add(bucket + "/" + object, "s3:GetObject", "s3:PutObject", "s3:DeleteObject");
        list.add(
                bucket,
                "s3:ListBucket",
                "s3:DeleteBucket",
                "s3:PutBucketAcl",
                "s3:PutBucketOwnershipControls",
                "s3:PutBucketPublicAccessBlock");
        if (!layout.equals(S3ResourceKind.BUCKET_POLICY)) {
            list.add(bucket, "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");
        }
        String point = "arn:aws:s3:" + settings.region() + ":" + settings.account() + ":accesspoint/"
                + settings.prefix() + "-" + EXAMPLE;
        list.add(point, "s3:DeleteAccessPoint");
        list.add(point + "/object/" + object, "s3:GetObject", "s3:PutObject", "s3:DeleteObject");
        list.add(
                "arn:aws:s3:" + settings.region() + ":" + settings.account() + ":access-grants/default",
                "s3:GetDataAccess");
        for (String who : List.of("*", self)) {
            list.add(
                    who,
                    "iam:AttachRolePolicy",
                    "iam:DeleteRolePermissionsBoundary",
                    "iam:PassRole",
                    "iam:PutRolePolicy",
                    "iam:UpdateAssumeRolePolicy");
        }
        list.add(
                "*",
                "iam:CreateAccessKey",
                "iam:CreatePolicyVersion",
                "iam:CreateRole",
                "iam:CreateUser",
                "kms:Decrypt",
                "s3:PutAccountPublicAccessBlock",
                "sts:AssumeRole");
        return list;
    }

    private void add(String resource, String... more) {
        actions.computeIfAbsent(resource, r -> new TreeSet<>()).addAll(Arrays.asList(more));
    }

    private static JsonNode statements(String policy) {
        try {
            return new JsonMapper().readTree(policy).path("Statement");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own policy is no JSON", e);
        }
    }
}

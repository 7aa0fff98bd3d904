package org.physionet.provisioner.adapters.aws.bucket;

import java.util.Map;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;

/** The least that the engine's role needs, as the policies that an administrator attaches to it (facts/aws.md A5). */
public final class EngineRole {
    private static final String START = "{\"Version\":\"2012-10-17\",\"Statement\":[";
    private static final String NEVER_THE_DATA =
            "{\"Sid\":\"NeverTheData\",\"Effect\":\"Deny\",\"Action\":[\"s3:GetObject*\",\"s3:PutObject*\",\"s3:DeleteObject*\","
                    + "\"s3:PutBucketPublicAccessBlock\",\"s3:PutAccountPublicAccessBlock\",\"s3:DeleteAccessPoint\"],"
                    + "\"Resource\":\"*\"}]}";

    private EngineRole() {}

    /** @param layout one of those of S3 */
    public static String policy(String layout, AwsSettings settings, String bucket) {
        String arn = "arn:aws:s3:" + settings.region() + ":" + settings.account() + ":";
        String watch = allow(
                "Watch",
                "\"s3:GetBucketPolicy\",\"s3:GetBucketPolicyStatus\",\"s3:GetBucketPublicAccessBlock\",\"s3:GetEncryptionConfiguration\"",
                "arn:aws:s3:::" + bucket);
        Map<String, String> byLayout = Map.of(
                S3ResourceKind.ACCESS_POINTS,
                allow(
                                "Shards",
                                "\"s3:GetAccessPoint\",\"s3:GetAccessPointPolicy\",\"s3:PutAccessPointPolicy\","
                                        + "\"s3:DeleteAccessPointPolicy\",\"s3:GetAccessPointPolicyStatus\",\"s3:CreateAccessPoint\"",
                                arn + "accesspoint/" + settings.prefix() + "-*")
                        + "," + allow("Inventory", "\"s3:ListAccessPoints\"", "*"),
                S3ResourceKind.BUCKET_POLICY,
                allow("Policy", "\"s3:PutBucketPolicy\",\"s3:DeleteBucketPolicy\"", "arn:aws:s3:::" + bucket),
                S3ResourceKind.ACCESS_GRANTS,
                allow(
                        "Grants",
                        "\"s3:ListAccessGrantsLocations\",\"s3:ListAccessGrants\",\"s3:CreateAccessGrant\",\"s3:DeleteAccessGrant\","
                                + "\"s3:TagResource\",\"s3:ListTagsForResource\",\"s3:GetAccessGrantsInstanceResourcePolicy\"",
                        arn + "access-grants/default*"));
        return START + byLayout.getOrDefault(layout, "") + "," + watch + "," + NEVER_THE_DATA;
    }

    private static String allow(String sid, String actions, String resource) {
        return "{\"Sid\":\"" + sid + "\",\"Effect\":\"Allow\",\"Action\":[" + actions + "],\"Resource\":\"" + resource
                + "\"}";
    }
}

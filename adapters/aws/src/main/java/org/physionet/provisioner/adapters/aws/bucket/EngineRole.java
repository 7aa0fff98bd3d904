package org.physionet.provisioner.adapters.aws.bucket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.accesspoints.ShardNames;

/**
 * The least that the engine's role needs for one resource, as the policy that an administrator attaches to it (facts/aws.md A5). The module {@code
 * infra/aws/modules/provisioner} says the same in Terraform.
 */
public final class EngineRole {
    private static final List<String> SHARDS = List.of(
            "s3:GetAccessPoint",
            "s3:GetAccessPointPolicy",
            "s3:PutAccessPointPolicy",
            "s3:DeleteAccessPointPolicy",
            "s3:GetAccessPointPolicyStatus");
    private static final List<String> GRANTS = List.of(
            "s3:CreateAccessGrant",
            "s3:DeleteAccessGrant",
            "s3:ListAccessGrantsLocations",
            "s3:GetAccessGrantsInstanceResourcePolicy",
            "s3:TagResource",
            "s3:ListTagsForResource");
    private static final List<String> REGISTRATION =
            List.of("s3:CreateAccessGrantsInstance", "s3:CreateAccessGrantsLocation");
    private static final List<String> WATCH = List.of(
            "s3:GetBucketPolicy",
            "s3:GetBucketPolicyStatus",
            "s3:GetBucketPublicAccessBlock",
            "s3:GetBucketOwnershipControls",
            "s3:GetBucketAcl",
            "s3:GetEncryptionConfiguration");
    /** Of the whole account: AWS narrows listing no further, and ways beside the layout are searched everywhere. */
    private static final List<String> INVENTORY =
            List.of("s3:ListAccessPoints", "s3:GetAccessPointPolicy", "s3:ListAccessGrants");

    private static final List<String> NEVER = List.of(
            "s3:GetObject*",
            "s3:PutObject*",
            "s3:DeleteObject*",
            "s3:GetDataAccess",
            "s3:PutBucketPublicAccessBlock",
            "s3:PutAccountPublicAccessBlock",
            "s3:DeleteAccessPoint");

    private final String layout;
    private final AwsSettings settings;
    private final S3Location location;
    private final ArrayNode statements = JsonNodeFactory.instance.arrayNode();

    private final String self;

    private EngineRole(String layout, AwsSettings settings, S3Location location, String self) {
        this.layout = layout;
        this.settings = settings;
        this.location = location;
        this.self = self;
    }

    /** @param layout one of those of S3 */
    public static String policy(String layout, AwsSettings settings, S3Location location) {
        return policy(layout, settings, location, "arn:aws:iam::" + settings.account() + ":role/NAME_OF_THIS_ROLE");
    }

    /** @param self the role's own ARN: it may ask IAM what it may do, and nobody else */
    static String policy(String layout, AwsSettings settings, S3Location location, String self) {
        return new EngineRole(layout, settings, location, self).render();
    }

    private String render() {
        switch (layout) {
            case S3ResourceKind.ACCESS_POINTS -> accessPoints();
            case S3ResourceKind.BUCKET_POLICY ->
                allow(
                        "BucketPolicies",
                        List.of("s3:PutBucketPolicy", "s3:DeleteBucketPolicy"),
                        List.of(bucket()),
                        null);
            case S3ResourceKind.ACCESS_GRANTS -> accessGrants();
            default -> throw new IllegalArgumentException("layout " + layout + " is none of S3");
        }
        allow("Inventory", INVENTORY, List.of("*"), null);
        allow("Watch", WATCH, List.of(bucket()), null);
        allow("Itself", List.of("iam:SimulatePrincipalPolicy"), List.of(self), null);
        ObjectNode never = statements.addObject().put("Sid", "NeverTheData").put("Effect", "Deny");
        fill(never, NEVER, List.of("*"));
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        return policy.<ObjectNode>set("Statement", statements).toString();
    }

    /** PhysioNet's access points of this dataset have other names; taken over, their policies are written, but none is made. */
    private void accessPoints() {
        String arn = arn("accesspoint/");
        String ours = arn + settings.prefix() + "-*";
        List<String> points = new ShardNames(settings.prefix(), location)
                .adopted()
                .map(names -> List.of(ours, arn + names))
                .orElse(List.of(ours));
        allow("Shards", SHARDS, points, null);
        allow(
                "NewShards",
                List.of("s3:CreateAccessPoint"),
                List.of(ours),
                Map.entry("s3:AccessPointNetworkOrigin", "Internet"));
    }

    private void accessGrants() {
        List<String> instance = List.of(arn("access-grants/default"), arn("access-grants/default/*"));
        allow("Grants", GRANTS, instance, null);
        String role = settings.locationRole();
        if (role != null) {
            allow("Registration", REGISTRATION, instance, null);
            allow(
                    "LocationRole",
                    List.of("iam:PassRole"),
                    List.of(role),
                    Map.entry("iam:PassedToService", "access-grants.s3.amazonaws.com"));
        }
    }

    private void allow(
            String sid,
            Collection<String> actions,
            Collection<String> resources,
            Map.@Nullable Entry<String, String> only) {
        ObjectNode statement = statements.addObject().put("Sid", sid).put("Effect", "Allow");
        fill(statement, actions, resources);
        if (only != null) {
            statement.putObject("Condition").putObject("StringEquals").put(only.getKey(), only.getValue());
        }
    }

    private static void fill(ObjectNode statement, Collection<String> actions, Collection<String> resources) {
        actions.forEach(statement.putArray("Action")::add);
        resources.forEach(statement.putArray("Resource")::add);
    }

    private String arn(String rest) {
        return "arn:aws:s3:" + settings.region() + ":" + settings.account() + ":" + rest;
    }

    private String bucket() {
        return "arn:aws:s3:::" + location.bucket();
    }
}

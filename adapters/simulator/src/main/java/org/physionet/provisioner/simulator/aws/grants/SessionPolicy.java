package org.physionet.provisioner.simulator.aws.grants;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.physionet.provisioner.simulator.aws.state.AccessGrant.Permission;

/** The session policy that keeps vended credentials to what was granted (S3 user guide, "Accessing S3 data using credentials vended by S3 Access Grants"). */
final class SessionPolicy {
    private static final List<String> READS = List.of(
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:GetObjectAcl",
            "s3:GetObjectVersionAcl",
            "s3:ListMultipartUploadParts");
    private static final List<String> WRITES = List.of(
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:PutObjectVersionAcl",
            "s3:DeleteObject",
            "s3:DeleteObjectVersion",
            "s3:AbortMultipartUpload");

    private SessionPolicy() {}

    static String of(Reach reach, Permission permission) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        String bucket = "arn:aws:s3:::" + reach.bucket();
        String keys = literal(reach.key()) + (reach.exact() ? "" : "*");
        if (permission.covers(Permission.READ)) {
            statement(statements, READS, bucket + "/" + keys);
            if (!reach.exact()) {
                statement(statements, List.of("s3:ListBucket", "s3:ListBucketVersions"), bucket)
                        .putObject("Condition")
                        .putObject("StringLike")
                        .put("s3:prefix", keys);
            }
        }
        if (permission.covers(Permission.WRITE)) {
            statement(statements, WRITES, bucket + "/" + keys);
        }
        ObjectNode decrypt = statement(
                statements,
                permission.covers(Permission.WRITE)
                        ? List.of("kms:Decrypt", "kms:GenerateDataKey")
                        : List.of("kms:Decrypt"),
                "*");
        decrypt.putObject("Condition").putObject("StringLike").put("kms:ViaService", "s3.*");
        return policy.toString();
    }

    private static ObjectNode statement(ArrayNode statements, List<String> actions, String resource) {
        ObjectNode statement = statements.addObject().put("Effect", "Allow");
        ArrayNode list = statement.putArray("Action");
        actions.forEach(list::add);
        return statement.put("Resource", resource);
    }

    /** A key's own stars, question marks and dollars are no wildcards (IAM user guide, "Policy variables": special characters). */
    private static String literal(String key) {
        return key.replace("$", "${$}").replace("*", "${*}").replace("?", "${?}");
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.physionet.provisioner.simulator.Json;

/** The bucket resource, {@code storage#bucket}. */
final class BucketJson {
    private static final List<String> COMPUTED = List.of(
            "kind",
            "id",
            "selfLink",
            "name",
            "projectNumber",
            "timeCreated",
            "updated",
            "metageneration",
            "etag",
            "owner",
            "locationType",
            "acl",
            "defaultObjectAcl");

    private BucketJson() {}

    /** What of a sent bucket the owner decides. */
    static ObjectNode settable(ObjectNode body) {
        return body.deepCopy().without(COMPUTED);
    }

    static ObjectNode shown(GoogleState state, Bucket bucket) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("kind", "storage#bucket").put("id", bucket.name).put("name", bucket.name);
        json.put("selfLink", "https://www.googleapis.com/storage/v1/b/" + bucket.name);
        json.put("projectNumber", state.project(bucket.project).number);
        json.put("location", "US").put("locationType", "multi-region").put("storageClass", "STANDARD");
        json.setAll(bucket.metadata.deepCopy());
        ObjectNode iam = json.withObjectProperty("iamConfiguration");
        boolean uniform = bucket.uniformAccess();
        iam.withObjectProperty("uniformBucketLevelAccess").put("enabled", uniform);
        iam.putObject("bucketPolicyOnly").put("enabled", uniform);
        if (!iam.has("publicAccessPrevention")) {
            iam.put("publicAccessPrevention", "inherited");
        }
        json.put("timeCreated", bucket.created.toString()).put("updated", bucket.updated.toString());
        json.put("metageneration", String.valueOf(bucket.metageneration)).put("etag", bucket.etag());
        return json;
    }
}

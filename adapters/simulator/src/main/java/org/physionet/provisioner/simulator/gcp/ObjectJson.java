package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.physionet.provisioner.simulator.Json;

/** The object resource, {@code storage#object}. */
final class ObjectJson {
    private ObjectJson() {}

    /** @param host that the links lead to; gcloud downloads from {@code mediaLink} */
    static ObjectNode shown(String host, Bucket bucket, StoredObject object) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        String path = bucket.name + "/o/"
                + URLEncoder.encode(object.name(), StandardCharsets.UTF_8).replace("+", "%20");
        json.put("kind", "storage#object");
        json.put("id", bucket.name + "/" + object.name() + "/" + object.generation());
        json.put("selfLink", "http://" + host + "/storage/v1/b/" + path);
        json.put(
                "mediaLink",
                "http://" + host + "/download/storage/v1/b/" + path + "?generation=" + object.generation()
                        + "&alt=media");
        json.put("name", object.name()).put("bucket", bucket.name);
        json.put("generation", String.valueOf(object.generation())).put("metageneration", "1");
        json.put("contentType", object.contentType()).put("storageClass", "STANDARD");
        json.put("size", String.valueOf(object.content().length));
        json.put("md5Hash", Hashes.md5(object.content())).put("crc32c", Hashes.crc32c(object.content()));
        json.put("etag", Etags.ofMetageneration(object.generation()));
        json.put("timeCreated", object.created().toString())
                .put("updated", object.created().toString());
        RetentionRules.until(bucket, object).ifPresent(until -> json.put("retentionExpirationTime", until.toString()));
        if (!object.metadata().isEmpty()) {
            ObjectNode own = json.putObject("metadata");
            object.metadata().forEach(own::put);
        }
        return json;
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/** Buckets and objects in {@link StateJson}. */
final class BucketState {
    private BucketState() {}

    static ObjectNode dump(Bucket bucket) {
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("name", bucket.name).put("project", bucket.project);
        json.put("created", bucket.created.toString()).put("updated", bucket.updated.toString());
        json.put("metageneration", bucket.metageneration);
        json.set("metadata", bucket.metadata.deepCopy());
        json.set("iam", PolicyState.dump(bucket.policy));
        bucket.defaultObjectAcl.forEach(
                entry -> json.withArrayProperty("defaultObjectAcl").add(entry.json()));
        ArrayNode objects = json.putArray("objects");
        bucket.objects.values().forEach(object -> objects.add(dump(object)));
        return json;
    }

    private static ObjectNode dump(StoredObject object) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", object.name());
        json.put("contentType", object.contentType());
        String text = new String(object.content(), StandardCharsets.UTF_8);
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), object.content())) {
            json.put("text", text);
        } else {
            json.put("base64", Base64.getEncoder().encodeToString(object.content()));
        }
        json.put("generation", object.generation())
                .put("created", object.created().toString());
        if (!object.metadata().isEmpty()) {
            ObjectNode own = json.putObject("metadata");
            object.metadata().forEach(own::put);
        }
        object.acl().forEach(entry -> json.withArrayProperty("acl").add(entry.json()));
        return json;
    }

    static void load(GoogleState state, Fields fields, Instant now) {
        String name = fields.text("name");
        String project = fields.text("project");
        Instant created = fields.instant("created").orElse(now);
        Bucket bucket = new Bucket(
                name,
                project,
                created,
                fields.instant("updated").orElse(created),
                fields.object("metadata").map(ObjectNode::deepCopy).orElseGet(Json.MAPPER::createObjectNode),
                fields.wholeNumber("metageneration").orElse(1L),
                fields.object("iam")
                        .map(iam -> PolicyState.load(fields.where() + ".iam", iam))
                        .orElseGet(() -> new Propagated<>(Bucket.defaultPolicy(project))));
        bucket.defaultObjectAcl =
                fields.objects("defaultObjectAcl").stream().map(AclEntry::read).toList();
        for (Fields each : fields.objects("objects")) {
            StoredObject object = object(each, now);
            bucket.objects.put(object.name(), object);
        }
        fields.end();
        if (state.buckets.putIfAbsent(name, bucket) != null) {
            throw new IllegalArgumentException(fields.where() + ": bucket " + name + " is named twice");
        }
    }

    private static StoredObject object(Fields fields, Instant now) {
        Optional<String> base64 = fields.optionalText("base64");
        byte[] text = fields.optionalText("text").orElse("").getBytes(StandardCharsets.UTF_8);
        Map<String, String> metadata = new TreeMap<>();
        fields.object("metadata")
                .ifPresent(own -> own.properties()
                        .forEach(field ->
                                metadata.put(field.getKey(), field.getValue().asText())));
        StoredObject object = new StoredObject(
                fields.text("name"),
                fields.optionalText("contentType").orElse("application/octet-stream"),
                base64.map(encoded -> decode(fields, encoded)).orElse(text),
                fields.wholeNumber("generation").orElse(1L),
                fields.instant("created").orElse(now),
                metadata,
                fields.objects("acl").stream().map(AclEntry::read).toList());
        fields.end();
        return object;
    }

    private static byte[] decode(Fields fields, String encoded) {
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("base64", "base64", "something else: " + e.getMessage());
        }
    }
}

package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code storage.objects.insert}: simple, multipart and resumable uploads (cloud.google.com/storage/docs/uploads-downloads). */
record UploadsApi(GoogleState state, Call call, Caller caller) {
    private static final Pattern RANGE = Pattern.compile("bytes (?:\\*|(\\d+)-(\\d+))/(\\*|\\d+)");

    static List<Route> routes() {
        String path = "/upload/storage/v1/b/{bucket}/o";
        return List.of(
                write(Service.STORAGE, "POST", path, "storage.objects.insert", (s, c) -> of(s, c).start()),
                write(Service.STORAGE, "PUT", path, "storage.objects.insert", (s, c) -> of(s, c).resume()));
    }

    private static UploadsApi of(GoogleState state, Call call) {
        return new UploadsApi(state, call, Caller.of(state, call));
    }

    private Response start() {
        Bucket bucket = BucketsApi.find(state, call);
        return switch (call.parameter("uploadType").orElse("")) {
            case "media" ->
                store(
                        bucket,
                        Json.MAPPER.createObjectNode(),
                        call.header("content-type").orElse("application/octet-stream"),
                        call.body());
            case "multipart" -> multipart(bucket);
            case "resumable" -> call.parameter("upload_id").isPresent() ? resume() : begin(bucket);
            default ->
                throw GoogleError.invalid("Upload requests must include an uploadType URL parameter and a URL path");
        };
    }

    private Response multipart(Bucket bucket) {
        List<Multipart.Part> parts = Multipart.parts(call.header("content-type").orElse(""), call.body());
        if (parts.size() != 2) {
            throw GoogleError.invalid("Multipart body must have two parts, found " + parts.size());
        }
        JsonNode metadata;
        try {
            metadata = Json.parse(parts.get(0).content());
        } catch (IllegalArgumentException e) {
            throw new GoogleError(400, "parseError", "Parse Error: " + e.getMessage());
        }
        if (!(metadata instanceof ObjectNode object)) {
            throw new GoogleError(400, "parseError", "Parse Error");
        }
        String type = parts.get(1).headers().getOrDefault("content-type", "application/octet-stream");
        return store(bucket, object, type, parts.get(1).content());
    }

    private Response begin(Bucket bucket) {
        ObjectNode metadata = call.json();
        caller.need("storage.objects.create", Target.object(state, bucket, name(metadata)));
        String id = "upload-" + state.nextWrite();
        String type = call.header("x-upload-content-type").orElse("application/octet-stream");
        state.uploads.start(id, bucket.name, metadata.put("name", name(metadata)), type);
        String location = "http://" + call.request().host() + "/upload/storage/v1/b/" + bucket.name
                + "/o?uploadType=resumable&upload_id=" + id;
        return new Response(200, Map.of("Location", location, "X-GUploader-UploadID", id), new byte[0]);
    }

    private Response resume() {
        Uploads.Session session = call.parameter("upload_id")
                .flatMap(state.uploads::find)
                .orElseThrow(() -> GoogleError.notFound("No such upload session"));
        Bucket bucket = BucketsApi.find(state, call);
        byte[] body = call.body();
        Matcher range =
                RANGE.matcher(call.header("content-range").orElse("bytes 0-" + (body.length - 1) + "/" + body.length));
        boolean empty = body.length == 0 && call.header("content-range").isEmpty();
        if (!empty && !range.matches()) {
            throw GoogleError.invalid("Invalid Content-Range");
        }
        if (!empty && range.group(1) != null) {
            // A chunk that was sent again is dropped up to what is already here.
            int skip = session.received().size() - (int) Long.parseLong(range.group(1));
            if (skip < 0) {
                throw GoogleError.invalid("Invalid Content-Range: bytes are missing");
            }
            session.received().write(body, Math.min(skip, body.length), Math.max(0, body.length - skip));
        }
        boolean complete = empty
                || !range.group(3).equals("*")
                        && Long.parseLong(range.group(3)) == session.received().size();
        if (!complete) {
            return incomplete(session);
        }
        Response stored = store(
                bucket,
                session.metadata(),
                session.contentType(),
                session.received().toByteArray());
        state.uploads.end(session);
        return stored;
    }

    private static Response incomplete(Uploads.Session session) {
        int received = session.received().size();
        Map<String, String> headers = received == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (received - 1));
        return new Response(308, headers, new byte[0]);
    }

    private String name(ObjectNode metadata) {
        String name = metadata.path("name").asText(call.parameter("name").orElse(""));
        if (name.isEmpty()) {
            throw new GoogleError(400, "required", "Required");
        }
        return name;
    }

    private Response store(Bucket bucket, ObjectNode metadata, String type, byte[] content) {
        String name = name(metadata);
        caller.need("storage.objects.create", Target.object(state, bucket, name));
        StoredObject old = bucket.objects.get(name);
        if (old != null) {
            caller.need("storage.objects.delete", Target.object(state, bucket, name));
        }
        Preconditions.generation(call, old == null ? 0 : old.generation());
        if (old != null) {
            RetentionRules.requireFree(bucket, old, state.now());
        }
        same(metadata, "md5Hash", Hashes.md5(content));
        same(metadata, "crc32c", Hashes.crc32c(content));
        Map<String, String> own = new HashMap<>();
        metadata.path("metadata")
                .properties()
                .forEach(e -> own.put(e.getKey(), e.getValue().asText()));
        long generation = state.now().toEpochMilli() * 1000 + state.nextWrite() % 1000;
        StoredObject object = new StoredObject(
                name,
                metadata.path("contentType").asText(type),
                content,
                old == null ? generation : Math.max(generation, old.generation() + 1),
                state.stamp(),
                own,
                acl(bucket));
        bucket.objects.put(name, object);
        String method = "storage.objects.create";
        StorageAudit.access(state, call, caller, bucket, "DATA_WRITE", method, method, name, true);
        return Response.json(200, Json.text(ObjectJson.shown(call.request().host(), bucket, object)));
    }

    private List<AclEntry> acl(Bucket bucket) {
        List<AclEntry> acl = new ArrayList<>(bucket.defaultObjectAcl);
        if (!bucket.uniformAccess()) {
            acl.add(new AclEntry("user-" + caller.email(), "OWNER"));
        }
        return acl;
    }

    private static void same(ObjectNode metadata, String field, String computed) {
        String claimed = metadata.path(field).asText(computed);
        if (!claimed.equals(computed)) {
            throw GoogleError.invalid("Provided " + field + " \"" + claimed + "\" doesn't match calculated " + field
                    + " \"" + computed + "\".");
        }
    }
}

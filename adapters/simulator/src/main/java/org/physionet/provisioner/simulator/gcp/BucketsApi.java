package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code storage.buckets.*} except policies (cloud.google.com/storage/docs/json_api/v1/buckets). */
record BucketsApi(GoogleState state, Call call, Caller caller) {
    private static final Service S = Service.STORAGE;

    static List<Route> routes() {
        return List.of(
                write(S, "POST", "/storage/v1/b", "storage.buckets.insert", (s, c) -> of(s, c).insert()),
                read(S, "GET", "/storage/v1/b", "storage.buckets.list", (s, c) -> of(s, c).list()),
                read(S, "GET", "/storage/v1/b/{bucket}", "storage.buckets.get", (s, c) -> of(s, c).get()),
                write(S, "PATCH", "/storage/v1/b/{bucket}", "storage.buckets.patch", (s, c) -> of(s, c).patch()),
                write(S, "PUT", "/storage/v1/b/{bucket}", "storage.buckets.update", (s, c) -> of(s, c).update()),
                write(
                        S,
                        "POST",
                        "/storage/v1/b/{bucket}/lockRetentionPolicy",
                        "storage.buckets.lockRetentionPolicy",
                        (s, c) -> of(s, c).lock()),
                write(S, "DELETE", "/storage/v1/b/{bucket}", "storage.buckets.delete", (s, c) -> of(s, c).delete()));
    }

    private static BucketsApi of(GoogleState state, Call call) {
        return new BucketsApi(state, call, Caller.of(state, call));
    }

    /** @throws GoogleError 404 if there is none */
    static Bucket find(GoogleState state, Call call) {
        return state.bucket(call.variable("bucket"))
                .orElseThrow(() -> GoogleError.notFound("The specified bucket does not exist."));
    }

    /** One metadata write a second (facts/gcp.md 1), if quotas are on. */
    static void budget(GoogleState state, String bucket) {
        if (state.switches.quotas() && !state.quotas.take("bucket " + bucket, 1, Duration.ofSeconds(1), state.now())) {
            throw new GoogleError(
                    429,
                    "rateLimitExceeded",
                    "The rate of change requests to the bucket " + bucket
                            + " exceeds the rate limit. Please reduce the rate of create, update, and delete requests.");
        }
    }

    private Response insert() {
        String project = call.parameter("project")
                .orElseThrow(() -> new GoogleError(400, "required", "Required parameter: project"));
        caller.need("storage.buckets.create", Target.project(state, project));
        ObjectNode body = call.json();
        String name = body.path("name").asText();
        if (!name.matches("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")) {
            throw GoogleError.invalid("Invalid bucket name: '" + name + "'");
        }
        if (state.bucket(name).isPresent()) {
            throw new GoogleError(
                    409,
                    "conflict",
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        Instant now = state.stamp();
        ObjectNode metadata = BucketJson.settable(body);
        RetentionRules.change(Json.MAPPER.createObjectNode(), metadata, now);
        Bucket bucket =
                new Bucket(name, project, now, now, metadata, 1, new Propagated<>(Bucket.defaultPolicy(project)));
        state.buckets.put(name, bucket);
        StorageAudit.activity(state, call, caller, bucket, "storage.buckets.create");
        return Response.json(200, Json.text(BucketJson.shown(state, bucket)));
    }

    private Response list() {
        String project = call.parameter("project")
                .orElseThrow(() -> new GoogleError(400, "required", "Required parameter: project"));
        caller.need("storage.buckets.list", Target.project(state, project));
        List<Bucket> all = state.buckets.values().stream()
                .filter(bucket -> bucket.project.equals(project))
                .filter(bucket ->
                        bucket.name.startsWith(call.parameter("prefix").orElse("")))
                .toList();
        Paging<Bucket> page = Paging.of(all, call.parameter("pageToken"), call.number("maxResults"), 1000);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "storage#buckets");
        ArrayNode items = json.putArray("items");
        page.page().forEach(bucket -> items.add(BucketJson.shown(state, bucket)));
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    private Response get() {
        Bucket bucket = find(state, call);
        caller.need("storage.buckets.get", Target.bucket(state, bucket));
        Preconditions.metageneration(call, bucket.metageneration);
        return Response.json(200, Json.text(BucketJson.shown(state, bucket)));
    }

    private Response patch() {
        Bucket bucket = changeable();
        ObjectNode merged = bucket.metadata.deepCopy();
        MergePatch.apply(merged, BucketJson.settable(call.json()));
        return changed(bucket, merged);
    }

    private Response update() {
        return changed(changeable(), BucketJson.settable(call.json()));
    }

    private Bucket changeable() {
        Bucket bucket = find(state, call);
        caller.need("storage.buckets.update", Target.bucket(state, bucket));
        Preconditions.metageneration(call, bucket.metageneration);
        return bucket;
    }

    private Response changed(Bucket bucket, ObjectNode metadata) {
        budget(state, bucket.name);
        RetentionRules.change(bucket.metadata, metadata, state.stamp());
        bucket.metadata = metadata;
        bucket.touch(state.stamp());
        StorageAudit.activity(state, call, caller, bucket, "storage.buckets.update");
        return Response.json(200, Json.text(BucketJson.shown(state, bucket)));
    }

    /** Needs the metageneration, since nothing takes it back. */
    private Response lock() {
        if (call.parameter("ifMetagenerationMatch").isEmpty()) {
            throw new GoogleError(400, "required", "Required parameter: ifMetagenerationMatch");
        }
        Bucket bucket = changeable();
        RetentionRules.lock(bucket.metadata);
        bucket.touch(state.stamp());
        StorageAudit.activity(state, call, caller, bucket, "storage.buckets.update");
        return Response.json(200, Json.text(BucketJson.shown(state, bucket)));
    }

    private Response delete() {
        Bucket bucket = find(state, call);
        caller.need("storage.buckets.delete", Target.bucket(state, bucket));
        Preconditions.metageneration(call, bucket.metageneration);
        if (!bucket.objects.isEmpty()) {
            throw new GoogleError(409, "conflict", "The bucket you tried to delete is not empty.");
        }
        state.buckets.remove(bucket.name);
        StorageAudit.activity(state, call, caller, bucket, "storage.buckets.delete");
        return Response.empty(204);
    }
}

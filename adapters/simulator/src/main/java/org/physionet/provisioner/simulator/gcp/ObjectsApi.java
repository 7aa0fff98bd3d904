package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code storage.objects.*} except uploads (cloud.google.com/storage/docs/json_api/v1/objects). */
record ObjectsApi(GoogleState state, Call call, Caller caller, Bucket bucket) {
    private static final Service S = Service.STORAGE;

    static List<Route> routes() {
        String object = "/storage/v1/b/{bucket}/o/{object}";
        return List.of(
                read(S, "GET", "/storage/v1/b/{bucket}/o", "storage.objects.list", (s, c) -> of(s, c).list()),
                read(S, "GET|HEAD", object, "storage.objects.get", (s, c) -> of(s, c).get(false)),
                read(S, "GET|HEAD", "/download" + object, "storage.objects.get", (s, c) -> of(s, c).get(true)),
                write(S, "DELETE", object, "storage.objects.delete", (s, c) -> of(s, c).delete()));
    }

    private static ObjectsApi of(GoogleState state, Call call) {
        Caller caller = Caller.of(state, call);
        return new ObjectsApi(state, call, caller, BucketsApi.find(state, call));
    }

    private Response get(boolean download) {
        String name = call.variable("object");
        StorageAudit.checkRead(state, call, caller, bucket, "storage.objects.get", name);
        StoredObject object = live(name);
        Preconditions.generation(call, object.generation());
        boolean media = download || call.parameter("alt").orElse("").equals("media");
        return media
                ? Download.of(call, object)
                : Response.json(200, Json.text(ObjectJson.shown(call.request().host(), bucket, object)));
    }

    private StoredObject live(String name) {
        StoredObject object = bucket.objects.get(name);
        boolean other = object != null
                && call.number("generation").map(g -> g != object.generation()).orElse(false);
        if (object == null || other) {
            throw GoogleError.notFound("No such object: " + bucket.name + "/" + name);
        }
        return object;
    }

    private Response list() {
        StorageAudit.checkRead(state, call, caller, bucket, "storage.objects.list", "");
        String prefix = call.parameter("prefix").orElse("");
        String delimiter = call.parameter("delimiter").orElse("");
        TreeSet<String> prefixes = new TreeSet<>();
        List<StoredObject> found = new ArrayList<>();
        String from = call.parameter("startOffset").orElse("");
        for (StoredObject object : bucket.objects
                .tailMap(from.compareTo(prefix) > 0 ? from : prefix, true)
                .values()) {
            if (!object.name().startsWith(prefix)) {
                break;
            }
            int cut = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
            if (cut >= 0) {
                prefixes.add(object.name().substring(0, cut + delimiter.length()));
            } else {
                found.add(object);
            }
        }
        Paging<StoredObject> page = Paging.of(found, call.parameter("pageToken"), call.number("maxResults"), 1000);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "storage#objects");
        ArrayNode items = json.putArray("items");
        page.page().forEach(object -> items.add(ObjectJson.shown(call.request().host(), bucket, object)));
        if (!prefixes.isEmpty() && call.parameter("pageToken").isEmpty()) {
            prefixes.forEach(json.putArray("prefixes")::add);
        }
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    private Response delete() {
        String name = call.variable("object");
        caller.need("storage.objects.delete", Target.object(state, bucket, name));
        StoredObject object = live(name);
        Preconditions.generation(call, object.generation());
        RetentionRules.requireFree(bucket, object, state.now());
        bucket.objects.remove(name);
        String method = "storage.objects.delete";
        StorageAudit.access(state, call, caller, bucket, "DATA_WRITE", method, method, name, true);
        return Response.empty(204);
    }
}

package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/**
 * {@code storage.bucketAccessControls|defaultObjectAccessControls|objectAccessControls.*}: the lists that buckets without
 * uniform access have beside their policy (facts/gcp.md 4, "Shadow access"). A bucket's list is its legacy roles in
 * another form; an object's list gives access that no policy shows.
 */
record AccessControlsApi(GoogleState state, Call call, Caller caller, Bucket bucket, AccessControls list) {
    private static final Service S = Service.STORAGE;

    static List<Route> routes() {
        String bucket = "/storage/v1/b/{bucket}";
        List<Route> routes = new ArrayList<>();
        add(routes, bucket + "/acl", "storage.bucketAccessControls.");
        add(routes, bucket + "/defaultObjectAcl", "storage.defaultObjectAccessControls.");
        add(routes, bucket + "/o/{object}/acl", "storage.objectAccessControls.");
        return routes;
    }

    private static void add(List<Route> routes, String all, String name) {
        String one = all + "/{entity}";
        routes.add(read(S, "GET", all, name + "list", (s, c) -> of(s, c, name).all()));
        routes.add(
                write(S, "POST", all, name + "insert", (s, c) -> of(s, c, name).insert()));
        routes.add(read(S, "GET", one, name + "get", (s, c) -> of(s, c, name).one()));
        routes.add(write(
                S, "DELETE", one, name + "delete", (s, c) -> of(s, c, name).delete()));
    }

    private static AccessControlsApi of(GoogleState state, Call call, String name) {
        Caller caller = Caller.of(state, call);
        Bucket bucket = BucketsApi.find(state, call);
        boolean reading = Call.method(call.request()).equals("GET");
        boolean object = name.startsWith("storage.objectAccess");
        caller.need(
                "storage." + (object ? "objects" : "buckets") + (reading ? ".getIamPolicy" : ".setIamPolicy"),
                object ? Target.object(state, bucket, call.variable("object")) : Target.bucket(state, bucket));
        if (bucket.uniformAccess()) {
            throw GoogleError.invalid(
                    "Cannot " + (reading ? "get" : "use") + " legacy ACL for a bucket that has uniform"
                            + " bucket-level access. Read more at"
                            + " https://cloud.google.com/storage/docs/uniform-bucket-level-access");
        }
        AccessControls list = switch (name) {
            case "storage.bucketAccessControls." -> AccessControls.ofBucket(state, bucket);
            case "storage.defaultObjectAccessControls." -> AccessControls.ofNewObjects(state, bucket);
            default -> AccessControls.ofObject(state, bucket, call.variable("object"));
        };
        return new AccessControlsApi(state, call, caller, bucket, list);
    }

    private Response all() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", list.kind() + "s");
        ArrayNode items = json.putArray("items");
        list.entries().forEach(entry -> items.add(shown(entry)));
        return Response.json(200, Json.text(json));
    }

    private AclEntry find() {
        String entity = call.variable("entity");
        return list.entries().stream()
                .filter(entry -> entry.entity().equalsIgnoreCase(entity))
                .findFirst()
                .orElseThrow(() -> GoogleError.notFound("The specified entity does not exist: " + entity));
    }

    private Response one() {
        return Response.json(200, Json.text(shown(find())));
    }

    private Response insert() {
        ObjectNode body = call.json();
        AclEntry entry =
                new AclEntry(body.path("entity").asText(), body.path("role").asText());
        Set<String> roles = list.ofBucket() ? Set.of("READER", "WRITER", "OWNER") : Set.of("READER", "OWNER");
        if (!roles.contains(entry.role())) {
            throw GoogleError.invalid("Invalid role: " + entry.role());
        }
        Member member = AclEntry.member(state, bucket.project, entry.entity())
                .orElseThrow(() -> GoogleError.invalid("Invalid entity: " + entry.entity()));
        Member accepted = new MemberRules(state, S, "", bucket.project, other -> false).accept(member);
        AclEntry kept = new AclEntry(AclEntry.entity(state, accepted), entry.role());
        list.put(kept, accepted);
        StorageAudit.activity(state, call, caller, bucket, "storage.setIamPermissions");
        return Response.json(200, Json.text(shown(kept)));
    }

    private Response delete() {
        list.remove(find());
        StorageAudit.activity(state, call, caller, bucket, "storage.setIamPermissions");
        return Response.empty(204);
    }

    private ObjectNode shown(AclEntry entry) {
        ObjectNode json = entry.json().put("kind", list.kind()).put("bucket", bucket.name);
        return json.put("id", bucket.name + "/" + entry.entity()).put("etag", bucket.etag());
    }
}

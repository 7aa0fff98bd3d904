package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code directory.groups.*} (developers.google.com/workspace/admin/directory/reference/rest/v1/groups). */
record DirectoryGroupsApi(GoogleState state, Call call) {
    private static final Service S = Service.DIRECTORY;

    static List<Route> routes() {
        String all = "/admin/directory/v1/groups";
        String one = all + "/{group}";
        return List.of(
                write(S, "POST", all, "directory.groups.insert", (s, c) -> of(s, c).insert()),
                read(S, "GET", all, "directory.groups.list", (s, c) -> of(s, c).list()),
                read(S, "GET", one, "directory.groups.get", (s, c) -> of(s, c).get()),
                write(S, "PATCH|PUT", one, "directory.groups.patch", (s, c) -> of(s, c).patch()),
                write(S, "DELETE", one, "directory.groups.delete", (s, c) -> of(s, c).delete()));
    }

    private static DirectoryGroupsApi of(GoogleState state, Call call) {
        enter(state, call);
        return new DirectoryGroupsApi(state, call);
    }

    /** Administrators only; 2,400 queries a minute if quotas are on (facts/gcp.md 1). */
    static void enter(GoogleState state, Call call) {
        Caller.of(state, call).needAdministrator();
        if (state.switches.quotas() && !state.quotas.take("directory", 2400, Duration.ofMinutes(1), state.now())) {
            throw new GoogleError(
                    403,
                    "quotaExceeded",
                    "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'.");
        }
    }

    /** By address or id. */
    static Group find(GoogleState state, Call call) {
        String key = call.variable("group");
        return state.group(key)
                .or(() -> state.groupById(key))
                .orElseThrow(() -> GoogleError.notFound("Resource Not Found: groupKey"));
    }

    private Response insert() {
        ObjectNode body = call.json();
        String email = body.path("email").asText();
        if (!Addresses.wellFormed(email)) {
            throw GoogleError.invalid("Invalid Input: email");
        }
        if (!Groups.free(state, email)) {
            throw new GoogleError(409, "duplicate", "Entity already exists.");
        }
        Group group = Groups.create(
                state,
                email,
                body.path("name").asText(),
                body.path("description").asText());
        GroupAudit.entry(state, call, "createGroup", "CREATE_GROUP", group, Map.of());
        return Response.json(200, Json.text(shown(group)));
    }

    private Response list() {
        String domain = call.parameter("domain").orElse("");
        String user = call.parameter("userKey").orElse("");
        List<Group> all = state.groups.values().stream()
                .filter(group ->
                        domain.isEmpty() || Addresses.domain(group.email).equalsIgnoreCase(domain))
                .filter(group -> user.isEmpty()
                        || new GroupMembers(state, group).find(user).isPresent())
                .toList();
        Paging<Group> page = Paging.of(all, call.parameter("pageToken"), call.number("maxResults"), 200);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "admin#directory#groups");
        ArrayNode items = json.putArray("groups");
        page.page().forEach(group -> items.add(shown(group)));
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    /** Also one that a failed creation left behind. */
    private Group any() {
        Group half = state.groups.get(Addresses.key(call.variable("group")));
        return half == null ? find(state, call) : half;
    }

    private Response get() {
        return Response.json(200, Json.text(shown(any())));
    }

    private Response patch() {
        Group group = any();
        ObjectNode body = call.json();
        if (body.hasNonNull("email")
                && !Addresses.key(body.path("email").asText()).equals(group.key())) {
            throw new GoogleError(501, "notImplemented", "The simulator does not rename groups");
        }
        group.name = body.path("name").asText(group.name);
        group.description = body.path("description").asText(group.description);
        state.nextWrite();
        return Response.json(200, Json.text(shown(group)));
    }

    private Response delete() {
        Group group = any();
        Groups.delete(state, group);
        GroupAudit.entry(state, call, "deleteGroup", "DELETE_GROUP", group, Map.of());
        return Response.empty(204);
    }

    private ObjectNode shown(Group group) {
        return Json.MAPPER
                .createObjectNode()
                .put("kind", "admin#directory#group")
                .put("id", group.id)
                .put("etag", "\"" + Etags.ofWrite(state.writes) + "\"")
                .put("email", group.email)
                .put("name", group.name)
                .put("description", group.description)
                .put(
                        "directMembersCount",
                        String.valueOf(new GroupMembers(state, group).visible().size()))
                .put("adminCreated", true);
    }
}

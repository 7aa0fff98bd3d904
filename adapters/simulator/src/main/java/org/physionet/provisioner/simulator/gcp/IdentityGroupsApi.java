package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code cloudidentity.groups.*} (cloud.google.com/identity/docs/reference/rest/v1/groups). */
record IdentityGroupsApi(GoogleState state, Call call) {
    private static final Service S = Service.CLOUD_IDENTITY;

    static List<Route> routes() {
        String one = "/v1/groups/{group}";
        return List.of(
                read(S, "GET", "/v1/groups:lookup", "cloudidentity.groups.lookup", (s, c) -> of(s, c).lookup()),
                write(S, "POST", "/v1/groups", "cloudidentity.groups.create", (s, c) -> of(s, c).create()),
                read(S, "GET", one, "cloudidentity.groups.get", (s, c) -> of(s, c).get()),
                write(S, "PATCH", one, "cloudidentity.groups.patch", (s, c) -> of(s, c).patch()),
                write(S, "DELETE", one, "cloudidentity.groups.delete", (s, c) -> of(s, c).delete()));
    }

    private static IdentityGroupsApi of(GoogleState state, Call call) {
        enter(state, call);
        return new IdentityGroupsApi(state, call);
    }

    static void enter(GoogleState state, Call call) {
        Caller.of(state, call).needAdministrator();
    }

    /** A group that is not there looks like one that may not be seen (facts/gcp.md 2, row 19). */
    static Group find(GoogleState state, String id) {
        return state.groupById(id).orElseThrow(() -> hidden("groups/" + id));
    }

    private static GoogleError hidden(String name) {
        return new GoogleError(
                403, "forbidden", "Error(2028): Permission denied for resource " + name + " (or it may not exist).");
    }

    private Response lookup() {
        String address = call.parameter("groupKey.id").orElse("");
        Group group = state.group(address).orElseThrow(() -> hidden(address));
        return Response.json(200, Json.text(Json.MAPPER.createObjectNode().put("name", "groups/" + group.id)));
    }

    private Response create() {
        ObjectNode body = call.json();
        String email = body.path("groupKey").path("id").asText();
        if (!Addresses.wellFormed(email)) {
            throw GoogleError.invalid("Error(2001): Invalid group key: \"" + email + "\"");
        }
        if (!body.path("labels").has("cloudidentity.googleapis.com/groups.discussion_forum")) {
            throw GoogleError.invalid(
                    "Error(2004): labels must contain cloudidentity.googleapis.com/groups.discussion_forum");
        }
        if (!Groups.free(state, email)) {
            throw new GoogleError(409, "conflict", "Error(4002): Group with email " + email + " already exists.");
        }
        Group group = Groups.create(
                state,
                email,
                body.path("displayName").asText(),
                body.path("description").asText());
        GroupAudit.entry(state, call, "createGroup", "CREATE_GROUP", group, Map.of());
        return operation(state, shown(group), "Group");
    }

    private Response get() {
        return Response.json(200, Json.text(shown(find(state, call.variable("group")))));
    }

    private Response patch() {
        Group group = find(state, call.variable("group"));
        ObjectNode body = call.json();
        group.name = body.path("displayName").asText(group.name);
        group.description = body.path("description").asText(group.description);
        state.nextWrite();
        return operation(state, shown(group), "Group");
    }

    private Response delete() {
        Group group = find(state, call.variable("group"));
        Groups.delete(state, group);
        GroupAudit.entry(state, call, "deleteGroup", "DELETE_GROUP", group, Map.of());
        return operation(state, Json.MAPPER.createObjectNode(), "");
    }

    /** A long-running operation that is already done, whether the answer says so or not (facts/gcp.md 2, row 19). */
    static Response operation(GoogleState state, ObjectNode response, String type) {
        if (state.switches.pendingOperations()) {
            return Response.json(
                    200,
                    Json.text(Json.MAPPER
                            .createObjectNode()
                            .put("name", "operations/" + state.writes)
                            .put("done", false)));
        }
        ObjectNode json = Json.MAPPER.createObjectNode().put("done", true);
        ObjectNode result = json.putObject("response");
        result.put(
                "@type",
                type.isEmpty()
                        ? "type.googleapis.com/google.protobuf.Empty"
                        : "type.googleapis.com/google.apps.cloudidentity.groups.v1." + type);
        result.setAll(response);
        return Response.json(200, Json.text(json));
    }

    private static ObjectNode shown(Group group) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", "groups/" + group.id);
        json.putObject("groupKey").put("id", group.email);
        json.put("displayName", group.name).put("description", group.description);
        json.putObject("labels").put("cloudidentity.googleapis.com/groups.discussion_forum", "");
        return json;
    }
}

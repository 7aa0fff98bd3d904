package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code groupsSettings.groups.*} (developers.google.com/workspace/admin/groups-settings/v1/reference); all values are texts. */
record GroupsSettingsApi(GoogleState state, Call call, Group group) {
    private static final Service S = Service.DIRECTORY;
    /** What a group has that was made through the API. */
    private static final Map<String, String> FRESH = Map.of(
            "allowExternalMembers", "false",
            "whoCanJoin", "CAN_REQUEST_TO_JOIN",
            "whoCanViewMembership", "ALL_MEMBERS_CAN_VIEW",
            "whoCanViewGroup", "ALL_MEMBERS_CAN_VIEW",
            "whoCanModifyMembers", "OWNERS_AND_MANAGERS",
            "whoCanInvite", "ALL_MANAGERS_CAN_INVITE",
            "whoCanPostMessage", "ANYONE_CAN_POST",
            "whoCanLeaveGroup", "ALL_MEMBERS_CAN_LEAVE");

    static List<Route> routes() {
        String one = "/groups/v1/groups/{group}";
        return List.of(
                read(S, "GET", one, "groupsSettings.groups.get", (s, c) -> of(s, c).get()),
                write(S, "PATCH", one, "groupsSettings.groups.patch", (s, c) -> of(s, c).change(true)),
                write(S, "PUT", one, "groupsSettings.groups.update", (s, c) -> of(s, c).change(false)));
    }

    private static GroupsSettingsApi of(GoogleState state, Call call) {
        DirectoryGroupsApi.enter(state, call);
        return new GroupsSettingsApi(state, call, DirectoryGroupsApi.find(state, call));
    }

    private Response get() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "groupsSettings#groups");
        json.put("email", group.email).put("name", group.name).put("description", group.description);
        FRESH.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> json.put(e.getKey(), e.getValue()));
        json.setAll(group.settings.deepCopy());
        return Response.json(200, Json.text(json));
    }

    private Response change(boolean patch) {
        ObjectNode body = call.json();
        body.properties().forEach(field -> {
            if (!field.getValue().isTextual() && !field.getValue().isNull()) {
                throw GoogleError.invalid("Invalid value for " + field.getKey() + ": expected a text");
            }
        });
        if (!patch) {
            group.settings.removeAll();
        }
        MergePatch.apply(group.settings, body.without(List.of("kind", "email", "name", "description")));
        state.nextWrite();
        return get();
    }
}

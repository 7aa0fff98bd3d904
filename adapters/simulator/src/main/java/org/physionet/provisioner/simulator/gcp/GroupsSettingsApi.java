package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
            "whoCanApproveMembers", "ALL_MANAGERS_CAN_APPROVE",
            "whoCanLeaveGroup", "ALL_MEMBERS_CAN_LEAVE");

    /** What Google takes (Groups Settings API reference); settings that are not here are kept as they come. */
    private static final Map<String, Set<String>> VALUES = Map.of(
            "allowExternalMembers", Set.of("true", "false"),
            "whoCanJoin",
                    Set.of("ANYONE_CAN_JOIN", "ALL_IN_DOMAIN_CAN_JOIN", "INVITED_CAN_JOIN", "CAN_REQUEST_TO_JOIN"),
            "whoCanViewMembership", whoCan("VIEW", "ALL_IN_DOMAIN_CAN_VIEW"),
            "whoCanViewGroup", whoCan("VIEW", "ALL_IN_DOMAIN_CAN_VIEW", "ANYONE_CAN_VIEW"),
            "whoCanModifyMembers", Set.of("ALL_MEMBERS", "OWNERS_AND_MANAGERS", "OWNERS_ONLY", "NONE"),
            "whoCanInvite", whoCan("INVITE", "NONE_CAN_INVITE"),
            "whoCanApproveMembers", whoCan("APPROVE", "NONE_CAN_APPROVE"),
            "whoCanLeaveGroup", whoCan("LEAVE", "NONE_CAN_LEAVE"),
            "whoCanAdd", whoCan("ADD", "NONE_CAN_ADD"),
            "whoCanPostMessage", whoCan("POST", "NONE_CAN_POST", "ANYONE_CAN_POST", "ALL_IN_DOMAIN_CAN_POST"));

    private static Set<String> whoCan(String what, String... more) {
        Set<String> values = new TreeSet<>(List.of(more));
        List.of("ALL_MEMBERS", "ALL_MANAGERS", "ALL_OWNERS").forEach(who -> values.add(who + "_CAN_" + what));
        return values;
    }

    static List<Route> routes() {
        String one = "/groups/v1/groups/{group}";
        return List.of(
                read(S, "GET", one, "groupsSettings.groups.get", (s, c) -> of(s, c).get()),
                write(S, "PATCH", one, "groupsSettings.groups.patch", (s, c) -> of(s, c).change(true)),
                write(S, "PUT", one, "groupsSettings.groups.update", (s, c) -> of(s, c).change(false)));
    }

    private static GroupsSettingsApi of(GoogleState state, Call call) {
        Caller.of(state, call).needAdministrator();
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
            Set<String> values = VALUES.getOrDefault(field.getKey(), Set.of());
            if (field.getValue().isTextual()
                    && !values.isEmpty()
                    && !values.contains(field.getValue().textValue())) {
                throw GoogleError.invalid("INVALID_VALUE for " + field.getKey() + ": "
                        + field.getValue().textValue());
            }
        });
        if (!patch) {
            group.settings.removeAll();
        }
        MergePatch.apply(group.settings, body.without(List.of("kind", "email", "name", "description")));
        state.nextWrite();
        body.properties().stream()
                .filter(field -> field.getValue().isTextual() && FRESH.containsKey(field.getKey()))
                .forEach(field -> GroupAudit.entry(
                        state,
                        call,
                        "changeGroupSetting",
                        "CHANGE_GROUP_SETTING",
                        group,
                        Map.of(
                                "SETTING_NAME",
                                field.getKey(),
                                "NEW_VALUE",
                                field.getValue().textValue())));
        return get();
    }
}

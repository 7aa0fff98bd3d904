package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of groups in the organization's log, as Google Workspace shares them ({@code google.admin.AdminService.*};
 * event names: developers.google.com/admin-sdk/reports/v1/appendix/activity/admin-group-settings). Without an
 * organization in the state there is no log to share them with.
 */
final class GroupAudit {
    private static final String SERVICE = "admin.googleapis.com";

    private GroupAudit() {}

    /**
     * @param method last part of the method's name, e.g. {@code addGroupMember}
     * @param parameters of the event, beside the group's address
     */
    static void entry(
            GoogleState state, Call call, String method, String event, Group group, Map<String, String> parameters) {
        String organization = state.nodes.keySet().stream()
                .filter(name -> name.startsWith("organizations/"))
                .findFirst()
                .orElse("");
        if (organization.isEmpty()) {
            return;
        }
        String full = "google.admin.AdminService." + method;
        ObjectNode entry = state.audit.add(
                state, call, Caller.of(state, call), "activity", organization, full, organization + "/groupSettings");
        ObjectNode resource = entry.withObjectProperty("resource").put("type", "audited_resource");
        resource.withObjectProperty("labels").put("service", SERVICE).put("method", full);
        ObjectNode payload = (ObjectNode) entry.get("protoPayload");
        ObjectNode metadata = payload.put("serviceName", SERVICE).putObject("metadata");
        metadata.put("@type", "type.googleapis.com/ccc_hosted_reporting.ActivityProto");
        ObjectNode what = metadata.putArray("event").addObject();
        what.put("eventName", event).put("eventType", "GROUP_SETTINGS");
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("GROUP_EMAIL", group.email);
        ArrayNode list = what.putArray("parameter");
        all.forEach((name, value) ->
                list.addObject().put("name", name).put("type", "TYPE_STRING").put("value", value));
    }
}

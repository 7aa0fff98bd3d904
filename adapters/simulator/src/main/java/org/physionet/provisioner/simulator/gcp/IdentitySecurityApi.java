package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** A group's security settings, and which groups somebody is in (cloud.google.com/identity/docs/reference/rest/v1/groups). */
record IdentitySecurityApi(GoogleState state, Call call) {
    private static final Service S = Service.CLOUD_IDENTITY;
    private static final Pattern MEMBER = Pattern.compile("\\s*member_key_id\\s*==\\s*['\"]([^'\"]+)['\"].*");

    static List<Route> routes() {
        String settings = "/v1/groups/{group}/securitySettings";
        return List.of(
                read(S, "GET", settings, "cloudidentity.groups.getSecuritySettings", (s, c) -> of(s, c).get()),
                write(S, "PATCH", settings, "cloudidentity.groups.updateSecuritySettings", (s, c) -> of(s, c).update()),
                read(
                        S,
                        "GET",
                        "/v1/groups/-/memberships:searchDirectGroups",
                        "cloudidentity.groups.memberships.searchDirectGroups",
                        (s, c) -> of(s, c).search()));
    }

    private static IdentitySecurityApi of(GoogleState state, Call call) {
        IdentityGroupsApi.enter(state, call);
        return new IdentitySecurityApi(state, call);
    }

    private Group group() {
        return IdentityGroupsApi.find(state, call.variable("group"));
    }

    private Response get() {
        return Response.json(200, Json.text(shown(group())));
    }

    private Response update() {
        Group group = group();
        String query = call.json().path("memberRestriction").path("query").asText();
        if (!query.isEmpty() && !MemberRestriction.understood(query)) {
            throw GoogleError.invalid("Error(2014): Invalid member restriction query: " + query);
        }
        group.memberRestriction = query;
        state.nextWrite();
        return IdentityGroupsApi.operation(state, shown(group), "SecuritySettings");
    }

    private ObjectNode shown(Group group) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", "groups/" + group.id + "/securitySettings");
        ObjectNode restriction = json.putObject("memberRestriction").put("query", group.memberRestriction);
        boolean compliant = new GroupMembers(state, group)
                .visible().stream()
                        .allMatch(member ->
                                MemberRestriction.admits(group.memberRestriction, state, group, member.email()));
        restriction.putObject("evaluation").put("state", compliant ? "COMPLIANT" : "NON_COMPLIANT");
        return json;
    }

    /** Without the ends of memberships, and with a 500 for a user who does not exist (facts/gcp.md 2, row 19). */
    private Response search() {
        Matcher query = MEMBER.matcher(call.parameter("query").orElse(""));
        if (!query.matches()) {
            throw GoogleError.invalid("Error(2013): The query must be member_key_id == 'ADDRESS'.");
        }
        String address = query.group(1);
        if (!state.accounts.exists(address) && state.group(address).isEmpty()) {
            throw new GoogleError(500, "backendError", "Internal error encountered.");
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode list = json.putArray("memberships");
        for (Group group : state.groups.values()) {
            if (!group.half) {
                new GroupMembers(state, group)
                        .find(address)
                        .ifPresent(member -> relation(list.addObject(), group, member));
            }
        }
        return Response.json(200, Json.text(json));
    }

    private static void relation(ObjectNode json, Group group, Membership member) {
        json.put("membership", "groups/" + group.id + "/memberships/" + member.id());
        json.put("group", "groups/" + group.id).put("displayName", group.name);
        json.putObject("groupKey").put("id", group.email);
        ArrayNode roles = json.putArray("roles");
        roles.addObject().put("name", "MEMBER");
        if (!member.role().equals("MEMBER")) {
            roles.addObject().put("name", member.role());
        }
    }
}

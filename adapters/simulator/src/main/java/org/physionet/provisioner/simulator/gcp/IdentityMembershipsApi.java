package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code cloudidentity.groups.memberships.*}, with expiry (cloud.google.com/identity/docs/how-to/manage-expirations). */
record IdentityMembershipsApi(GoogleState state, Call call, Group group, GroupMembers members) {
    private static final Service S = Service.CLOUD_IDENTITY;

    static List<Route> routes() {
        String all = "/v1/groups/{group}/memberships";
        String one = all + "/{membership}";
        String name = "cloudidentity.groups.memberships.";
        return List.of(
                read(S, "GET", all + ":lookup", name + "lookup", (s, c) -> of(s, c).lookup()),
                write(S, "POST", all, name + "create", (s, c) -> of(s, c).create()),
                read(S, "GET", all, name + "list", (s, c) -> of(s, c).list()),
                read(S, "GET", one, name + "get", (s, c) -> of(s, c).get()),
                write(S, "DELETE", one, name + "delete", (s, c) -> of(s, c).delete()),
                write(
                        S,
                        "POST",
                        one + ":modifyMembershipRoles",
                        name + "modifyMembershipRoles",
                        (s, c) -> of(s, c).modify()));
    }

    private static IdentityMembershipsApi of(GoogleState state, Call call) {
        IdentityGroupsApi.enter(state, call);
        Group group = IdentityGroupsApi.find(state, call.variable("group"));
        return new IdentityMembershipsApi(state, call, group, new GroupMembers(state, group));
    }

    private Membership find(String key) {
        return members.find(key)
                .orElseThrow(() -> new GoogleError(404, "notFound", "Error(4003): Membership not found: " + key));
    }

    private Response lookup() {
        Membership found = find(call.parameter("memberKey.id").orElse(""));
        return Response.json(200, Json.text(Json.MAPPER.createObjectNode().put("name", name(found))));
    }

    private Response create() {
        ObjectNode body = call.json();
        String address = body.path("preferredMemberKey").path("id").asText();
        String role = "MEMBER";
        Optional<Instant> expires = Optional.empty();
        for (JsonNode each : body.path("roles")) {
            role = each.path("name").asText().equals("MEMBER")
                    ? role
                    : each.path("name").asText();
            expires = expires.or(() -> expiry(each));
        }
        if (!body.path("roles").findValuesAsText("name").contains("MEMBER")) {
            throw GoogleError.invalid("Error(3002): A membership needs the role MEMBER.");
        }
        members.refusal(address).ifPresent(refusal -> {
            throw switch (refusal) {
                case MALFORMED -> GoogleError.invalid("Error(2001): Invalid member key: \"" + address + "\"");
                case NOT_GOOGLE, GONE ->
                    new GoogleError(404, "notFound", "Error(2006): No account found for member key " + address + ".");
                case EXTERNAL ->
                    new GoogleError(403, "forbidden", "Error(2012): External members are not allowed in the group.");
                case TOO_MANY ->
                    GoogleError.invalid("Error(4010): The account is a member of too many groups: " + address);
                case RESTRICTED ->
                    GoogleError.invalid("Error(2015): The member does not satisfy the group's member restriction.");
            };
        });
        if (members.find(address).isPresent()) {
            throw new GoogleError(409, "conflict", "Error(4003): Cannot create membership because it already exists.");
        }
        Membership added = members.add(address, role, expires);
        GroupAudit.entry(state, call, "addGroupMember", "ADD_GROUP_MEMBER", group, Map.of("USER_EMAIL", added.email()));
        return IdentityGroupsApi.operation(state, shown(added, true), "Membership");
    }

    /** Only some licences have it; the others answer with code 3005 (facts/gcp.md 1). */
    private Optional<Instant> expiry(JsonNode role) {
        JsonNode end = role.path("expiryDetail").path("expireTime");
        if (!end.isTextual()) {
            return Optional.empty();
        }
        if (!state.switches.membershipExpiry()) {
            throw new GoogleError(
                    403, "forbidden", "Error(3005): Membership expiry is not available for this customer's edition.");
        }
        if (!role.path("name").asText("MEMBER").equals("MEMBER")) {
            throw GoogleError.invalid("Error(3006): Only the role MEMBER can expire.");
        }
        try {
            Instant instant = OffsetDateTime.parse(end.textValue()).toInstant();
            if (!instant.isAfter(state.now())) {
                throw GoogleError.invalid("Error(3003): The expiry must be in the future, found " + end.textValue());
            }
            return Optional.of(instant);
        } catch (DateTimeException e) {
            throw GoogleError.invalid("Error(3003): Invalid expireTime: " + end.textValue());
        }
    }

    private Response list() {
        boolean full = call.parameter("view").orElse("BASIC").equals("FULL");
        Paging<Membership> page =
                Paging.of(members.visible(), call.parameter("pageToken"), call.number("pageSize"), full ? 500 : 1000);
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("memberships");
        page.page().forEach(membership -> items.add(shown(membership, full)));
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    private Response get() {
        return Response.json(200, Json.text(shown(find(call.variable("membership")), true)));
    }

    private Response delete() {
        Membership removed = find(call.variable("membership"));
        members.remove(removed);
        GroupAudit.entry(
                state, call, "removeGroupMember", "REMOVE_GROUP_MEMBER", group, Map.of("USER_EMAIL", removed.email()));
        return IdentityGroupsApi.operation(state, Json.MAPPER.createObjectNode(), "");
    }

    private Response modify() {
        Membership changed = find(call.variable("membership"));
        ObjectNode body = call.json();
        for (JsonNode removed : body.path("removeRoles")) {
            if (removed.asText().equals("MEMBER")) {
                throw GoogleError.invalid("Error(3002): The role MEMBER can not be removed; delete the membership.");
            }
            changed = changed.role().equals(removed.asText()) ? changed.withRole("MEMBER") : changed;
        }
        for (JsonNode added : body.path("addRoles")) {
            changed = changed.withRole(added.path("name").asText("MEMBER"));
        }
        for (JsonNode update : body.path("updateRolesParams")) {
            changed = changed.withExpiry(expiry(update.path("membershipRole")));
        }
        group.put(changed);
        state.nextWrite();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("membership", shown(changed, true));
        return Response.json(200, Json.text(json));
    }

    private String name(Membership membership) {
        return "groups/" + group.id + "/memberships/" + membership.id();
    }

    private ObjectNode shown(Membership membership, boolean full) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", name(membership));
        json.putObject("preferredMemberKey").put("id", membership.email());
        if (full) {
            ArrayNode roles = json.putArray("roles");
            ObjectNode member = roles.addObject().put("name", "MEMBER");
            membership
                    .expires()
                    .ifPresent(end -> member.putObject("expiryDetail").put("expireTime", end.toString()));
            if (!membership.role().equals("MEMBER")) {
                roles.addObject().put("name", membership.role());
            }
            json.put("type", membership.type())
                    .put("createTime", membership.created().toString());
        }
        return json;
    }
}

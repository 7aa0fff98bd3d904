package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code directory.members.*} with its many refusals (facts/gcp.md 2, rows 13-16). */
record DirectoryMembersApi(GoogleState state, Call call, GroupMembers members, Group group) {
    private static final Service S = Service.DIRECTORY;

    static List<Route> routes() {
        String all = "/admin/directory/v1/groups/{group}/members";
        String one = all + "/{member}";
        String has = "/admin/directory/v1/groups/{group}/hasMember/{member}";
        return List.of(
                write(S, "POST", all, "directory.members.insert", (s, c) -> of(s, c).insert()),
                read(S, "GET", all, "directory.members.list", (s, c) -> of(s, c).list()),
                read(S, "GET", one, "directory.members.get", (s, c) -> of(s, c).get()),
                write(S, "PATCH", one, "directory.members.patch", (s, c) -> of(s, c).patch()),
                write(S, "PUT", one, "directory.members.update", (s, c) -> of(s, c).patch()),
                write(S, "DELETE", one, "directory.members.delete", (s, c) -> of(s, c).delete()),
                read(S, "GET", has, "directory.members.hasMember", (s, c) -> of(s, c).hasMember()));
    }

    private static DirectoryMembersApi of(GoogleState state, Call call) {
        DirectoryGroupsApi.enter(state, call);
        Group group = DirectoryGroupsApi.find(state, call);
        return new DirectoryMembersApi(state, call, new GroupMembers(state, group), group);
    }

    private Response insert() {
        ObjectNode body = call.json();
        String address = body.path("email").asText(body.path("id").asText());
        if (address.isEmpty()) {
            throw new GoogleError(400, "required", "Missing required field: memberKey");
        }
        members.refusal(address).ifPresent(refusal -> {
            throw switch (refusal) {
                case MALFORMED -> GoogleError.invalid("Invalid Input: memberKey");
                case NOT_GOOGLE -> new GoogleError(412, "conditionNotMet", "Condition not met");
                case GONE -> GoogleError.notFound("Resource Not Found: memberKey");
                case EXTERNAL ->
                    new GoogleError(403, "forbidden", "External members are not allowed in the group " + group.email);
                case TOO_MANY ->
                    new GoogleError(412, "limitExceeded", "The account is a member of too many groups: " + address);
                case RESTRICTED ->
                    GoogleError.invalid(
                            "The member does not satisfy the member restriction of the group " + group.email);
            };
        });
        if (members.find(address).isPresent()) {
            throw new GoogleError(409, "duplicate", "Member already exists.");
        }
        Membership added = members.add(address, role(body, "MEMBER"), Optional.empty());
        GroupAudit.entry(state, call, "addGroupMember", "ADD_GROUP_MEMBER", group, Map.of("USER_EMAIL", added.email()));
        return Response.json(200, Json.text(shown(added)));
    }

    private static String role(ObjectNode body, String otherwise) {
        String role = body.path("role").asText(otherwise).toUpperCase(Locale.ROOT);
        if (!List.of("MEMBER", "MANAGER", "OWNER").contains(role)) {
            throw GoogleError.invalid("Invalid Input: role");
        }
        return role;
    }

    private Response list() {
        List<String> roles =
                List.of(call.parameter("roles").orElse("MEMBER,MANAGER,OWNER").split(","));
        List<Membership> all = members.visible().stream()
                .filter(member -> roles.contains(member.role()))
                .toList();
        Paging<Membership> page = Paging.of(all, call.parameter("pageToken"), call.number("maxResults"), 200);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "admin#directory#members");
        ArrayNode items = json.putArray("members");
        page.page().forEach(member -> items.add(shown(member)));
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    private Membership find() {
        return members.find(call.variable("member"))
                .orElseThrow(() -> GoogleError.notFound("Resource Not Found: memberKey"));
    }

    private Response get() {
        return Response.json(200, Json.text(shown(find())));
    }

    private Response patch() {
        Membership changed = find();
        changed = changed.withRole(role(call.json(), changed.role()));
        group.put(changed);
        state.nextWrite();
        GroupAudit.entry(
                state,
                call,
                "updateGroupMember",
                "UPDATE_GROUP_MEMBER",
                group,
                Map.of("USER_EMAIL", changed.email(), "NEW_VALUE", changed.role()));
        return Response.json(200, Json.text(shown(changed)));
    }

    private Response delete() {
        if (members.gone(call.variable("member"))) {
            throw new GoogleError(400, "required", "Missing required field: memberKey");
        }
        Membership removed = find();
        members.remove(removed);
        GroupAudit.entry(
                state, call, "removeGroupMember", "REMOVE_GROUP_MEMBER", group, Map.of("USER_EMAIL", removed.email()));
        return Response.empty(204);
    }

    /** By design broken for addresses of other domains. */
    private Response hasMember() {
        String address = call.variable("member");
        if (!Addresses.domain(address).equals(Addresses.domain(group.email))) {
            throw GoogleError.invalid("Invalid Input: memberKey");
        }
        boolean member = members.find(address).isPresent();
        return Response.json(200, Json.text(Json.MAPPER.createObjectNode().put("isMember", member)));
    }

    private static ObjectNode shown(Membership member) {
        return Json.MAPPER
                .createObjectNode()
                .put("kind", "admin#directory#member")
                .put("id", member.id())
                .put("email", member.email())
                .put("role", member.role())
                .put("type", member.type())
                .put("status", "ACTIVE");
    }
}

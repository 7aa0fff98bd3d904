package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/** Groups and their members in {@link StateJson}. */
final class GroupState {
    private GroupState() {}

    static ObjectNode dump(Group group) {
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("email", group.email).put("id", group.id);
        json.put("name", group.name).put("description", group.description);
        json.put("knownFrom", group.knownFrom.toString());
        if (group.half) {
            json.put("half", true);
        }
        if (!group.memberRestriction.isEmpty()) {
            json.put("memberRestriction", group.memberRestriction);
        }
        json.set("settings", group.settings.deepCopy());
        ArrayNode members = json.putArray("members");
        group.members.values().forEach(membership -> members.add(membership.json()));
        for (Group.Departed gone : group.departed) {
            ObjectNode departed = json.withArrayProperty("departed").addObject();
            departed.put("until", gone.until().toString());
            departed.set("member", gone.membership().json());
        }
        return json;
    }

    static void load(GoogleState state, Fields fields, Instant now) {
        String email = fields.text("email");
        if (!Addresses.wellFormed(email)) {
            throw fields.wrong("email", "an e-mail address", "\"" + email + "\"");
        }
        Group group = new Group(
                email,
                fields.optionalText("id")
                        .orElseGet(() -> "0" + Account.uidOf(email, 0).substring(6)),
                fields.optionalText("name").orElseGet(() -> email.substring(0, email.indexOf('@'))),
                fields.optionalText("description").orElse(""),
                fields.instant("knownFrom").orElse(now));
        group.half = fields.bool("half", false);
        group.memberRestriction = fields.optionalText("memberRestriction").orElse("");
        if (!group.memberRestriction.isEmpty() && !MemberRestriction.understood(group.memberRestriction)) {
            throw fields.wrong("memberRestriction", "a query such as member.type == 1", group.memberRestriction);
        }
        fields.object("settings").ifPresent(group.settings::setAll);
        for (Fields each : fields.objects("members")) {
            Membership membership = membership(each, now);
            if (group.member(membership.email()).isPresent()) {
                throw each.wrong("email", "each member once", "\"" + membership.email() + "\" again");
            }
            group.put(membership);
        }
        for (Fields each : fields.objects("departed")) {
            Instant until = PolicyState.instant(each, "until");
            ObjectNode member = each.object("member").orElseThrow(() -> each.wrong("member", "a member", "nothing"));
            group.departed.add(new Group.Departed(membership(Fields.of(each.where() + ".member", member), now), until));
            each.end();
        }
        fields.end();
        if (state.groups.putIfAbsent(group.key(), group) != null) {
            throw new IllegalArgumentException(fields.where() + ": group " + email + " is named twice");
        }
    }

    private static Membership membership(Fields fields, Instant now) {
        String email = fields.text("email");
        Membership membership = new Membership(
                fields.optionalText("id").orElseGet(() -> Account.uidOf(email, 0)),
                email,
                oneOf(fields, "type", List.of("USER", "GROUP")),
                oneOf(fields, "role", List.of("MEMBER", "MANAGER", "OWNER")),
                fields.instant("expires"),
                fields.instant("since"),
                fields.instant("created").orElse(now));
        fields.end();
        return membership;
    }

    /** The first is what a field that is left out means. */
    private static String oneOf(Fields fields, String name, List<String> values) {
        String value = fields.optionalText(name).orElse(values.getFirst());
        if (!values.contains(value)) {
            throw fields.wrong(name, "one of " + values, "\"" + value + "\"");
        }
        return value;
    }
}

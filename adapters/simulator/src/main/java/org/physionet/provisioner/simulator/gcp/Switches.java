package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/**
 * How unkind this Google is. All delays are zero and all else is off unless the state says otherwise.
 *
 * @param policy from writing a policy to its effect (facts/gcp.md 2, row 20: typically 2 minutes)
 * @param groupAdd from adding a group member to the effect
 * @param groupRemove from removing a group member to the effect; slower in reality
 * @param nestedGroup how much longer both take if the member is a group; nested groups are the slowest
 * @param newGroup for how long a new group can not be named in a policy (row 18)
 * @param deletion from deleting an account to {@code deleted:} in the policies that name it (row 7)
 * @param quotas whether the write rates of facts/gcp.md 1 are enforced
 * @param permittedDomains domain-restricted sharing: the domains that policies may name; empty is off (row 11)
 * @param membershipExpiry whether the licence allows group memberships that end (row 13 and facts/gcp.md 1)
 * @param externalMembers whether groups refuse members of other domains until their settings allow them
 * @param halfCreatedGroups whether a creation that is made and then fails with a 5xx leaves half a group (row 17)
 * @param refuseDeleted whether BigQuery refuses an access list that still names deleted accounts (row 8)
 * @param pendingOperations whether Cloud Identity answers {@code done: false} to what it has done (row 19)
 * @param jobPolls how often a BigQuery job must be looked at until it is done
 */
record Switches(
        Duration policy,
        Duration groupAdd,
        Duration groupRemove,
        Duration nestedGroup,
        Duration newGroup,
        Duration deletion,
        boolean quotas,
        List<String> permittedDomains,
        boolean membershipExpiry,
        boolean externalMembers,
        boolean halfCreatedGroups,
        boolean refuseDeleted,
        boolean pendingOperations,
        int jobPolls) {
    Switches {
        permittedDomains = List.copyOf(permittedDomains);
    }

    static Switches off() {
        Duration none = Duration.ZERO;
        return new Switches(none, none, none, none, none, none, false, List.of(), true, false, false, false, false, 0);
    }

    static Switches read(Fields fields) {
        Fields delays = Fields.of(
                fields.where() + ".propagation", fields.object("propagation").orElseGet(Json.MAPPER::createObjectNode));
        Switches switches = new Switches(
                delay(delays, "policy"),
                delay(delays, "groupAdd"),
                delay(delays, "groupRemove"),
                delay(delays, "nestedGroup"),
                delay(delays, "newGroup"),
                delay(delays, "deletion"),
                fields.bool("quotas", false),
                fields.texts("permittedDomains").stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .toList(),
                fields.bool("membershipExpiry", true),
                fields.bool("externalMembersNeedSetting", false),
                fields.bool("halfCreatedGroups", false),
                fields.bool("bigQueryRefusesDeletedMembers", false),
                fields.bool("pendingOperations", false),
                fields.wholeNumber("jobPolls").orElse(0L).intValue());
        delays.end();
        fields.end();
        return switches;
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.putObject("propagation")
                .put("policy", policy.toString())
                .put("groupAdd", groupAdd.toString())
                .put("groupRemove", groupRemove.toString())
                .put("nestedGroup", nestedGroup.toString())
                .put("newGroup", newGroup.toString())
                .put("deletion", deletion.toString());
        json.put("quotas", quotas);
        permittedDomains.forEach(json.putArray("permittedDomains")::add);
        json.put("membershipExpiry", membershipExpiry).put("externalMembersNeedSetting", externalMembers);
        json.put("halfCreatedGroups", halfCreatedGroups).put("bigQueryRefusesDeletedMembers", refuseDeleted);
        return json.put("pendingOperations", pendingOperations).put("jobPolls", jobPolls);
    }

    private static Duration delay(Fields fields, String name) {
        Duration delay = fields.duration(name).orElse(Duration.ZERO);
        if (delay.isNegative()) {
            throw fields.wrong(name, "a duration of zero or more", delay.toString());
        }
        return delay;
    }
}

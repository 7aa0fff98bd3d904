package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.groupssettings.model.Groups;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an access group must be set: whoever can let people into it grants access (facts/gcp.md 5). Names and values are
 * those of the Groups Settings API.
 */
final class GroupSettings {
    private static final Map<String, String> CLOSED = new TreeMap<>(Map.of(
            "allowExternalMembers", "true",
            "whoCanJoin", "INVITED_CAN_JOIN",
            "whoCanInvite", "NONE_CAN_INVITE",
            "whoCanApproveMembers", "NONE_CAN_APPROVE",
            "whoCanModifyMembers", "OWNERS_ONLY",
            "whoCanViewMembership", "ALL_MANAGERS_CAN_VIEW",
            "whoCanViewGroup", "ALL_MANAGERS_CAN_VIEW"));

    private GroupSettings() {}

    static Groups closed() {
        Groups settings = new Groups();
        CLOSED.forEach(settings::set);
        return settings;
    }

    /** What differs, e.g. {@code whoCanJoin is ANYONE_CAN_JOIN, not INVITED_CAN_JOIN}; empty: nothing. */
    static List<String> differences(Groups found) {
        return CLOSED.entrySet().stream()
                .filter(wanted -> !wanted.getValue().equals(found.get(wanted.getKey())))
                .map(wanted -> wanted.getKey() + " is " + found.get(wanted.getKey()) + ", not " + wanted.getValue())
                .toList();
    }
}

package org.physionet.provisioner.adapters.gcp.directory;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.Principal;

/**
 * A group and the door to its resource, as read.
 *
 * @param address the group's
 * @param exists false: nobody made it yet
 * @param closedToOthers whether its settings are as they must be; only asked while the door is shut
 * @param people the user members of role MEMBER, with the spellings under which Google lists them
 * @param others everybody else in it, for people: owners, managers, groups, service accounts
 */
record GroupSeen(
        String address,
        boolean exists,
        boolean closedToOthers,
        SortedMap<Principal, List<String>> people,
        List<String> others,
        Door.Seen door) {
    GroupSeen {
        SortedMap<Principal, List<String>> copy = new TreeMap<>();
        people.forEach((person, listed) -> copy.put(person, List.copyOf(listed)));
        people = Collections.unmodifiableSortedMap(copy);
        others = List.copyOf(others);
    }
}

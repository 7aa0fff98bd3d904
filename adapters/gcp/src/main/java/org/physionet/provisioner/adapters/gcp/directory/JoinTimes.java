package org.physionet.provisioner.adapters.gcp.directory;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.directory.GroupSeen.Membership;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.model.Principal;

/**
 * Since when people are in a group. Of the two APIs for one and the same group only Cloud Identity says so, so it is asked
 * although the Directory keeps the group. Where it can not be asked nothing is known, and nobody is taken to be in long
 * enough.
 */
final class JoinTimes {
    private final GoogleClients google;
    private final String group;

    JoinTimes(GoogleClients google, String group) {
        this.google = google;
        this.group = group;
    }

    /** Completes what was listed without; asks nothing if nobody lacks it. */
    void into(SortedMap<Principal, Membership> people, Map<String, Integer> calls) {
        if (people.values().stream().allMatch(member -> member.joined() != null)) {
            return;
        }
        Map<Principal, Instant> joined = new HashMap<>();
        try {
            GroupsApi.Listed listed = new CloudIdentityApi(null).list(google, group);
            calls.putAll(listed.calls());
            for (GroupsApi.Listing member : listed.members()) {
                Instant at = member.joined();
                if (member.person() && at != null) {
                    joined.merge(
                            GooglePrincipals.ofAddress(member.address()),
                            at,
                            (one, other) -> one.isBefore(other) ? one : other);
                }
            }
        } catch (IOException | RuntimeException _) {
            return;
        }
        people.replaceAll((person, member) -> member.since(joined.get(person)));
    }
}

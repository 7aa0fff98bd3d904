package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.Json;

/** A Google Group: one thing for the Directory, Groups Settings and Cloud Identity APIs. */
final class Group {
    final String email;
    final String id;
    /** From when on policies can name it. */
    final Instant knownFrom;

    /** Left behind by a creation that failed; see {@link HalfCreated}. */
    boolean half;

    /** What may be a member (Cloud Identity's security settings); empty for no restriction. */
    String memberRestriction = "";

    String name;
    String description;
    /** What differs from a new group's settings (Groups Settings API), all values texts. */
    final ObjectNode settings = Json.MAPPER.createObjectNode();

    final TreeMap<String, Membership> members = new TreeMap<>();
    /** Removed, and still effective for a while. */
    final List<Departed> departed = new ArrayList<>();

    /** A removed membership that still gives access until an instant, exclusive. */
    record Departed(Membership membership, Instant until) {}

    Group(String email, String id, String name, String description, Instant knownFrom) {
        this.email = email;
        this.id = id;
        this.name = name;
        this.description = description;
        this.knownFrom = knownFrom;
    }

    String key() {
        return Addresses.key(email);
    }

    Optional<Membership> member(String address) {
        return Optional.ofNullable(members.get(Addresses.key(address)));
    }

    void put(Membership membership) {
        members.put(membership.key(), membership);
    }

    void remove(Membership membership, Instant now, Duration delay) {
        members.remove(membership.key());
        departed.removeIf(gone -> !gone.until().isAfter(now));
        if (!delay.isZero() && membership.inForce(now)) {
            departed.add(new Departed(membership, now.plus(delay)));
        }
    }

    /** Who is in it as far as access goes. */
    Optional<Membership> effective(String key, Instant now) {
        Membership current = members.get(key);
        if (current != null && current.inForce(now)) {
            return Optional.of(current);
        }
        return departed.stream()
                .filter(gone ->
                        gone.membership().key().equals(key) && gone.until().isAfter(now))
                .map(Departed::membership)
                .filter(membership -> !membership.expired(now))
                .findFirst();
    }

    /** The groups in it as far as access goes. */
    List<String> effectiveGroups(Instant now) {
        List<String> groups = new ArrayList<>();
        for (Membership membership : members.values()) {
            if (membership.type().equals("GROUP") && membership.inForce(now)) {
                groups.add(membership.key());
            }
        }
        for (Departed gone : departed) {
            if (gone.membership().type().equals("GROUP") && gone.until().isAfter(now)) {
                groups.add(gone.membership().key());
            }
        }
        return groups;
    }
}

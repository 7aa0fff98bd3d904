package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;

/**
 * Somebody in a group.
 *
 * @param id decimal, of the member; the last part of the membership's name in Cloud Identity
 * @param email as the account spells itself, else as written
 * @param type {@code USER} or {@code GROUP}
 * @param role {@code MEMBER}, {@code MANAGER} or {@code OWNER}
 * @param expires when the role {@code MEMBER} ends; only Cloud Identity sets it
 * @param since when it takes effect, if later than it was written
 * @param created when it was written
 */
record Membership(
        String id,
        String email,
        String type,
        String role,
        Optional<Instant> expires,
        Optional<Instant> since,
        Instant created) {

    String key() {
        return Addresses.key(email);
    }

    boolean expired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }

    boolean inForce(Instant now) {
        return !expired(now) && (since.isEmpty() || !now.isBefore(since.get()));
    }

    Membership withRole(String next) {
        return new Membership(id, email, type, next, expires, since, created);
    }

    Membership withExpiry(Optional<Instant> end) {
        return new Membership(id, email, type, role, end, since, created);
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("email", email)
                .put("type", type)
                .put("role", role);
        expires.ifPresent(end -> json.put("expires", end.toString()));
        since.ifPresent(start -> json.put("since", start.toString()));
        return json.put("created", created.toString());
    }
}

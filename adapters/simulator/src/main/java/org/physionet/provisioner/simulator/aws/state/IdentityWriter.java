package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes an account's users, roles, managed policies, dead principals and sessions. */
final class IdentityWriter {
    private IdentityWriter() {}

    static void write(Account account, ObjectNode json) {
        ArrayNode users = json.putArray("users");
        account.users().values().forEach(user -> {
            ObjectNode one = users.addObject();
            write(user, one);
            ArrayNode keys = one.putArray("keys");
            user.keys()
                    .values()
                    .forEach(key -> keys.addObject()
                            .put("id", key.id())
                            .put("secret", key.secret())
                            .put("active", key.active())
                            .put("createdAt", key.createdAt().toString()));
        });
        ArrayNode roles = json.putArray("roles");
        account.roles().values().forEach(role -> {
            ObjectNode one = roles.addObject();
            write(role, one);
            one.put("description", role.description()).put("maxSessionSeconds", role.maxSessionSeconds());
            one.set("trust", role.trust().json().deepCopy());
        });
        ArrayNode policies = json.putArray("policies");
        account.policies()
                .forEach((arn, policy) -> policies.addObject()
                        .put("arn", arn)
                        .put("id", policy.id())
                        .put("description", policy.description())
                        .put("createdAt", policy.createdAt().toString())
                        .put("text", policy.text()));
        StateWriter.putTexts(json, "deleted", account.deleted());
        ArrayNode sessions = json.putArray("sessions");
        account.sessions().values().forEach(session -> {
            ObjectNode one = sessions.addObject()
                    .put("key", session.keyId())
                    .put("secret", session.secret())
                    .put("token", session.token())
                    .put("principal", session.principal())
                    .put("name", session.name())
                    .put("expiresAt", session.expiresAt().toString());
            session.policy().ifPresent(policy -> one.put("policy", policy));
            session.vended()
                    .ifPresent(v -> one.putObject("vended")
                            .put("instance", v.instance())
                            .put("grantee", v.grantee()));
        });
    }

    private static void write(Identity identity, ObjectNode json) {
        json.put("arn", identity.arn())
                .put("id", identity.id())
                .put("createdAt", identity.createdAt().toString());
        StateWriter.putTexts(json, "policies", identity.policies());
        identity.boundary().ifPresent(arn -> json.put("boundary", arn));
        ArrayNode attached = json.putArray("attached");
        identity.attached().forEach(attached::add);
        StateWriter.putTexts(json, "tags", identity.tags());
    }
}

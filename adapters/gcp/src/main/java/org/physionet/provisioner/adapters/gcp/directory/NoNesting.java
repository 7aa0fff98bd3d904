package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.cloudidentity.v1.model.MemberRestriction;
import com.google.api.services.cloudidentity.v1.model.SecuritySettings;
import java.io.IOException;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/**
 * That a group takes people and service accounts and no groups: whoever keeps a group inside it would let in people whom
 * nobody here sees (facts/gcp.md 5). Only Cloud Identity has the setting, and only some licences let it be written.
 */
final class NoNesting {
    static final String GET = "cloudidentity.groups.getSecuritySettings";
    static final String UPDATE = "cloudidentity.groups.updateSecuritySettings";

    /** In Cloud Identity's words: 1 is a user, 2 a service account. */
    static final String QUERY = "member.type == 1 || member.type == 2";

    private NoNesting() {}

    /** @param name of the group, {@code groups/ID} */
    static Optional<String> difference(GoogleClients google, String name) throws IOException {
        SecuritySettings found = google.cloudIdentity()
                .groups()
                .getSecuritySettings(name + "/securitySettings")
                .setReadMask("*")
                .execute();
        MemberRestriction restriction = found.getMemberRestriction();
        String query = restriction == null || restriction.getQuery() == null ? "" : restriction.getQuery();
        return query.equals(QUERY)
                ? Optional.empty()
                : Optional.of("memberRestriction is " + (query.isEmpty() ? "none" : query) + ", not " + QUERY);
    }

    static void set(GoogleClients google, String name) throws IOException {
        google.cloudIdentity()
                .groups()
                .updateSecuritySettings(
                        name + "/securitySettings",
                        new SecuritySettings().setMemberRestriction(new MemberRestriction().setQuery(QUERY)))
                .setUpdateMask("memberRestriction.query")
                .execute();
    }
}

package org.physionet.provisioner.simulator.gcp;

import java.util.Optional;

/**
 * Groups that a failed creation left behind (facts/gcp.md 2, row 17): the groups methods of the Directory see them, so
 * that their address is taken and they can be deleted; members, settings, Cloud Identity and IAM do not.
 */
final class HalfCreated {
    private HalfCreated() {}

    static void mark(GoogleState state, Route route, Call call) {
        Optional<String> email = switch (route.name()) {
            case "directory.groups.insert" ->
                Optional.of(call.json().path("email").asText());
            case "cloudidentity.groups.create" ->
                Optional.of(call.json().path("groupKey").path("id").asText());
            default -> Optional.empty();
        };
        email.flatMap(state::group).ifPresent(group -> group.half = true);
    }
}

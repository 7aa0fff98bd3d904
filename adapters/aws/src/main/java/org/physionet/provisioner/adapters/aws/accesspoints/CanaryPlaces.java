package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.engine.model.Principal;

/** Which of our canaries have to stand in every shard, and not in one of them as people do. Pure. */
final class CanaryPlaces {
    private final Set<Principal> ours;
    private final List<Principal> wanted;
    private final Collection<Principal> owned;

    /**
     * @param wanted everybody who is to be let in
     * @param owned everybody who stands somewhere
     */
    CanaryPlaces(Set<Principal> ours, Collection<Principal> wanted, Collection<Principal> owned) {
        this.ours = ours;
        this.wanted = wanted.stream().filter(ours::contains).toList();
        this.owned = owned;
    }

    boolean isOne(Principal principal) {
        return ours.contains(principal);
    }

    boolean isNew(Principal canary) {
        return !owned.contains(canary);
    }

    /** Where a change-over was broken off, both stand somewhere: then each stays where it is until the next one. */
    List<Principal> everywhere() {
        return wanted.size() == 1 ? wanted : wanted.stream().filter(this::isNew).toList();
    }
}

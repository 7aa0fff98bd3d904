package org.physionet.provisioner.adapters.gcp.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.directory.GroupSeen.Membership;
import org.physionet.provisioner.engine.model.Principal;

/**
 * Whether memberships are in effect everywhere. Google lists a member at once and lets them in later: "several minutes,
 * potentially hours" (facts/gcp.md 0.3 and 2, row 20). A day is taken to be enough. Pure.
 */
final class Settling {
    static final Duration TAKES = Duration.ofHours(24);

    private final Map<Principal, Membership> people;
    private final Instant now;

    Settling(Map<Principal, Membership> people, Instant now) {
        this.people = people;
        this.now = now;
    }

    /** False also if it is not known since when somebody is a member. */
    boolean isOver(Principal member) {
        Instant end = end(member).orElse(null);
        return end != null && !end.isAfter(now);
    }

    private Optional<Instant> end(Principal member) {
        return Optional.ofNullable(Objects.requireNonNull(people.get(member)).joined())
                .map(joined -> joined.plus(TAKES));
    }

    /** What to tell people about members who are taken out: their access does not end with the answer. */
    static Optional<String> noteOfLeaving(int leaving) {
        return leaving == 0
                ? Optional.empty()
                : Optional.of("taken out of the group: " + leaving + "; Google may let them read for up to "
                        + TAKES.toHours()
                        + " hours more. Closing the dataset (revoke --dataset) takes the group out of the"
                        + " policy, which takes effect in minutes");
    }

    /** What to tell people about the members who must keep their direct entries; empty: there are none. */
    Optional<String> note(Collection<Principal> waiting) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        long unknown = waiting.stream().filter(each -> end(each).isEmpty()).count();
        String until = waiting.stream()
                .flatMap(each -> end(each).stream())
                .max(Comparator.naturalOrder())
                .map(last -> "; the last is due at " + last)
                .orElse("");
        String asked = unknown == 0
                ? ""
                : "; since when " + unknown
                        + " are members is not known: Cloud Identity says so once its API is enabled"
                        + " (gcloud services enable cloudidentity.googleapis.com) and the provisioner is Groups"
                        + " Administrator";
        return Optional.of("migrate: finish keeps the direct entries of " + waiting.size()
                + " members, who may not be able to read by the group yet: a membership takes up to " + TAKES.toHours()
                + " hours to be in effect everywhere" + until + asked);
    }
}

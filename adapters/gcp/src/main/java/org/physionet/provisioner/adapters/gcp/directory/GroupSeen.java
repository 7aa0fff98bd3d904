package org.physionet.provisioner.adapters.gcp.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.members.Standing;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.model.Principal;

/**
 * A group and the policy of its resource, as read.
 *
 * @param ref which group it is
 * @param exists false: nobody made it yet
 * @param differences settings that are not as they must be, for people; null: they could not be read
 * @param people the user members of role MEMBER
 * @param others everybody else in it, for people: owners, managers, groups, service accounts
 * @param ends whether memberships can end by themselves here
 * @param policy of the resource
 * @param direct who stands in the policy directly and is moving into the group; empty when nobody is to move
 */
record GroupSeen(
        GroupRef ref,
        boolean exists,
        @Nullable List<String> differences,
        SortedMap<Principal, Membership> people,
        List<String> others,
        boolean ends,
        MemberPolicy policy,
        SortedMap<Principal, Standing.Place> direct) {
    GroupSeen {
        people = Collections.unmodifiableSortedMap(new TreeMap<>(people));
        others = List.copyOf(others);
        direct = Collections.unmodifiableSortedMap(new TreeMap<>(direct));
    }

    boolean open() {
        return policy.admits(ref.address());
    }

    /** Whether one more group fits into the policy. */
    boolean hasRoom() {
        return policy.principals() < MemberPolicy.MOST_PRINCIPALS && policy.groups() < MemberPolicy.MOST_GROUPS;
    }

    /** Whether its settings must be written before it may let anybody in. */
    boolean needsClosing() {
        return differences == null || !differences.isEmpty();
    }

    /**
     * Somebody's place in the group.
     *
     * @param ids by which the API takes them out; several if several spellings are listed
     * @param spelling as listed
     * @param end when it ends by itself; null: never
     * @param joined when it was made; null: not known
     */
    record Membership(
            List<String> ids,
            String spelling,
            @Nullable Instant end,
            @Nullable Instant joined) {
        Membership {
            ids = List.copyOf(ids);
        }

        /** The one that ends last counts, and since when there was any. */
        Membership and(Membership other) {
            List<String> all = new ArrayList<>(ids);
            all.addAll(other.ids);
            Membership longer = end == null || other.end != null && !other.end.isAfter(end) ? this : other;
            return new Membership(all, longer.spelling, longer.end, earlier(joined, other.joined));
        }

        private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
            return one == null || other != null && other.isBefore(one) ? other : one;
        }

        Membership since(@Nullable Instant made) {
            return new Membership(ids, spelling, end, made);
        }
    }
}

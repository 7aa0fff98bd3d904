package org.physionet.provisioner.adapters.gcp.directory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.model.Principal;

/** What one write of the group layout does. */
sealed interface GroupWrite {
    /**
     * One person into the group.
     *
     * @param address as it is to be written
     */
    record Join(
            GroupRef group,
            Principal person,
            String address,
            @Nullable Instant end) implements GroupWrite {}

    /** One person out of the group, under every spelling that is listed. */
    record Leave(GroupRef group, List<String> ids) implements GroupWrite {
        public Leave {
            ids = List.copyOf(ids);
        }
    }

    /** A membership's end moves. */
    record Extend(
            GroupRef group, List<String> ids, @Nullable Instant end) implements GroupWrite {
        public Extend {
            ids = List.copyOf(ids);
        }
    }

    /**
     * The group into the policy, last of all: until then nothing of this write gives access.
     *
     * @param create whether the group must be made
     * @param close whether its settings must be set
     * @param leftovers who is in the group and must be out before the door opens, as listed
     * @param first who goes in after it; null: those who are in already are enough
     * @param policy as it is to be
     */
    record Open(
            GroupRef group,
            boolean create,
            boolean close,
            List<String> leftovers,
            @Nullable Join first,
            MemberPolicy policy)
            implements GroupWrite {
        public Open {
            leftovers = List.copyOf(leftovers);
        }
    }

    /** The policy alone: the group out of it, which is everybody at once and keeps the memberships, or direct entries. */
    record Policy(MemberPolicy policy) implements GroupWrite {}

    /** The group's settings. */
    record Close(GroupRef group) implements GroupWrite {}
}

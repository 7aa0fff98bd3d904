package org.physionet.provisioner.adapters.gcp.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;

/** What one write of the group layout does. */
sealed interface GroupWrite {
    /** One person into the group. */
    record Join(Principal person) implements GroupWrite {}

    /** One person out of the group, under every spelling that is listed. */
    record Leave(List<String> listed) implements GroupWrite {
        public Leave {
            listed = List.copyOf(listed);
        }
    }

    /**
     * The group into the policy, last of all: until then nothing of this write gives access.
     *
     * @param create whether the group must be made
     * @param close whether its settings must be set
     * @param leftovers who is in the group and must be out before the door opens, as listed
     * @param first who goes in after it; null: those who are in already are enough
     */
    record Open(
            boolean create,
            boolean close,
            List<String> leftovers,
            @Nullable Principal first,
            Object document) implements GroupWrite {
        public Open {
            leftovers = List.copyOf(leftovers);
        }
    }

    /** The group out of the policy: everybody at once, and the memberships stay for a reopening. */
    record Shut(Object document) implements GroupWrite {}
}

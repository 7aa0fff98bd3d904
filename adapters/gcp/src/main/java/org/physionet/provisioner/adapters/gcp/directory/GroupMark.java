package org.physionet.provisioner.adapters.gcp.directory;

import org.jspecify.annotations.Nullable;

/** How a group shows that this program made it: in its description. */
public final class GroupMark {
    private static final String MARK = "Managed by the PhysioNet provisioner.";

    private GroupMark() {}

    static String description(String resource) {
        return "Readers of " + resource + ". " + MARK;
    }

    /** @param description null: it has none */
    public static boolean isIn(@Nullable String description) {
        return description != null && description.contains(MARK);
    }
}

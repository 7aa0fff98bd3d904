package org.physionet.provisioner.adapters.gcp.bigquery;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What BigQuery's roles are called and allow. A role may be written one way and come back another (facts/gcp.md 1). */
final class DatasetRoles {
    /** The one role that the {@code members} layout writes, as BigQuery itself shows it. */
    static final String READER = "READER";

    private static final Map<String, String> BASIC = Map.of(
            "roles/bigquery.dataViewer", READER,
            "roles/bigquery.dataEditor", "WRITER",
            "roles/bigquery.dataOwner", "OWNER");

    private static final Set<String> NO_DATA = Set.of(
            "roles/bigquery.metadataViewer",
            "roles/bigquery.user",
            "roles/bigquery.jobUser",
            "roles/bigquery.routineDataViewer");

    private DatasetRoles() {}

    static @Nullable String normalised(@Nullable String role) {
        return role == null ? null : BASIC.getOrDefault(role, role);
    }

    /** Whether the role may allow reading rows. A role that is not known here may. */
    static boolean mayRead(String role) {
        return !NO_DATA.contains(role);
    }
}

package org.physionet.provisioner.adapters.gcp.gcs;

import java.util.Set;

/** What the roles of Cloud Storage allow, as far as it decides whether a foreign entry lets somebody read. */
final class StorageRoles {
    /** The one role that the {@code members} layout writes: get and list objects. */
    static final String READER = "roles/storage.objectViewer";

    private static final Set<String> NO_OBJECT_READS = Set.of(
            "roles/storage.objectCreator",
            "roles/storage.legacyBucketReader",
            "roles/storage.legacyBucketWriter",
            "roles/storage.legacyBucketOwner",
            "roles/storage.bucketViewer",
            "roles/storage.folderAdmin",
            "roles/storage.hmacKeyAdmin",
            "roles/storage.insightsCollectorService",
            "roles/storageinsights.serviceAgent");

    private StorageRoles() {}

    /** Whether the role may allow reading objects. A role that is not known here (a custom one, a new one) may. */
    static boolean mayRead(String role) {
        return !NO_OBJECT_READS.contains(role);
    }
}

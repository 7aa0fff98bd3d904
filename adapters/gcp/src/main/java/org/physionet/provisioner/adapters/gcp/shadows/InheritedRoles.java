package org.physionet.provisioner.adapters.gcp.shadows;

import java.util.Set;

/**
 * Which roles, given on a project or above it, let somebody read data below (facts/gcp.md 1, "Role contents").
 *
 * @param reading those that do
 * @param hints words in the names of roles that may
 */
record InheritedRoles(Set<String> reading, Set<String> hints) {
    private static final Set<String> HARMLESS = Set.of(
            "roles/storage.objectCreator",
            "roles/storage.legacyBucketReader",
            "roles/storage.legacyBucketWriter",
            "roles/storage.legacyBucketOwner",
            "roles/storage.bucketViewer",
            "roles/storage.folderAdmin",
            "roles/storage.hmacKeyAdmin",
            "roles/storage.insightsCollectorService",
            "roles/bigquery.jobUser",
            "roles/bigquery.user",
            "roles/bigquery.metadataViewer",
            "roles/bigquery.readSessionUser",
            "roles/bigquery.resourceViewer",
            "roles/bigquery.resourceAdmin",
            "roles/bigquery.resourceEditor",
            "roles/bigquery.connectionUser",
            "roles/bigquery.connectionAdmin");

    static final InheritedRoles OBJECTS = new InheritedRoles(
            Set.of(
                    "roles/storage.admin",
                    "roles/storage.objectAdmin",
                    "roles/storage.objectUser",
                    "roles/storage.objectViewer",
                    "roles/storage.legacyObjectOwner",
                    "roles/storage.legacyObjectReader",
                    "roles/dataflow.worker",
                    "roles/dataproc.worker",
                    "roles/composer.worker",
                    "roles/firebase.admin",
                    "roles/firebasestorage.admin"),
            Set.of("storage", "dataproc", "dataflow", "firebase"));

    static final InheritedRoles TABLES = new InheritedRoles(
            Set.of(
                    "roles/bigquery.admin",
                    "roles/bigquery.dataOwner",
                    "roles/bigquery.dataEditor",
                    "roles/bigquery.dataViewer",
                    "roles/bigquery.studioAdmin",
                    "roles/editor",
                    "roles/owner"),
            Set.of("bigquery"));

    /** How a role on an ancestor leads to the data. */
    enum Way {
        READS,
        /** Nobody here knows: a custom role, a new one, or one whose holder can give themselves the data. */
        MAY,
        DOES_NOT
    }

    Way of(String role) {
        if (reading.contains(role)) {
            return Way.READS;
        }
        if (HARMLESS.contains(role) || role.endsWith("erviceAgent")) {
            return Way.DOES_NOT;
        }
        boolean custom = !role.startsWith("roles/");
        boolean grantsItself = Set.of(
                        "roles/owner",
                        "roles/resourcemanager.projectIamAdmin",
                        "roles/resourcemanager.folderIamAdmin",
                        "roles/resourcemanager.organizationAdmin",
                        "roles/iam.securityAdmin")
                .contains(role);
        return custom || grantsItself || hints.stream().anyMatch(role::contains) ? Way.MAY : Way.DOES_NOT;
    }
}

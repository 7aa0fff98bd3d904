package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** A Cloud Storage bucket with its policy and objects. */
final class Bucket {
    final String name;
    final String project;
    final Instant created;
    /** What the owner sets: location, labels, iamConfiguration, billing, …; never what the service computes. */
    ObjectNode metadata;

    long metageneration;
    Instant updated;
    final Propagated<Policy> policy;
    /** What new objects get as their legacy list; only looked at while access is not uniform. */
    List<AclEntry> defaultObjectAcl = List.of();

    final TreeMap<String, StoredObject> objects = new TreeMap<>();

    Bucket(
            String name,
            String project,
            Instant created,
            Instant updated,
            ObjectNode metadata,
            long metageneration,
            Propagated<Policy> policy) {
        this.name = name;
        this.project = project;
        this.created = created;
        this.updated = updated;
        this.metadata = metadata;
        this.metageneration = metageneration;
        this.policy = policy;
    }

    /** The policy's etag is the bucket's metageneration, so that an edit of metadata also makes it stale (facts/gcp.md 4). */
    String etag() {
        return Etags.ofMetageneration(metageneration);
    }

    /** Every change of metadata or policy goes through here. */
    void touch(Instant now) {
        metageneration++;
        updated = now;
    }

    boolean uniformAccess() {
        return metadata.path("iamConfiguration")
                .path("uniformBucketLevelAccess")
                .path("enabled")
                .asBoolean(true);
    }

    boolean publicAccessPrevented() {
        return metadata.path("iamConfiguration")
                .path("publicAccessPrevention")
                .asText()
                .equals("enforced");
    }

    boolean requesterPays() {
        return metadata.path("billing").path("requesterPays").asBoolean(false);
    }

    /** What the real service binds on a new bucket with uniform access. */
    static Policy defaultPolicy(String project) {
        Member owner = Member.of(Member.Kind.PROJECT_OWNER, project);
        Member editor = Member.of(Member.Kind.PROJECT_EDITOR, project);
        Member viewer = Member.of(Member.Kind.PROJECT_VIEWER, project);
        return Policy.of(List.of(
                Binding.of("roles/storage.legacyBucketOwner", editor, owner),
                Binding.of("roles/storage.legacyBucketReader", viewer),
                Binding.of("roles/storage.legacyObjectOwner", editor, owner),
                Binding.of("roles/storage.legacyObjectReader", viewer)));
    }
}

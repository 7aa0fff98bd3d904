package org.physionet.provisioner.adapters.gcp.gcs;

import java.util.List;

/**
 * A bucket's IAM policy, read and written with version 3, so that conditions survive (facts/gcp.md 1).
 *
 * @param etag never absent: a write without it would overwrite blindly (facts/gcp.md 2, row 5)
 */
record BucketPolicy(String etag, List<Binding> bindings) {
    static final int VERSION = 3;

    BucketPolicy {
        if (etag.isEmpty()) {
            throw new IllegalArgumentException("bucket policy: expected an etag, found none");
        }
        bindings = List.copyOf(bindings);
    }

    /** How many principals the provider counts: each occurrence again (facts/gcp.md 1). */
    int occurrences() {
        return bindings.stream().mapToInt(binding -> binding.members().size()).sum();
    }
}

package org.physionet.provisioner.adapters.gcp.bigquery;

import java.util.List;

/**
 * A dataset's access list, replaced as a whole by every write.
 *
 * @param etag never absent: only {@code If-Match} keeps a stale write out (facts/gcp.md 2, row 3)
 */
record DatasetAccess(String etag, List<AccessEntry> entries) {
    /** Read and written with it always, or conditional entries come back mangled (facts/gcp.md 1). */
    static final int POLICY_VERSION = 3;

    DatasetAccess {
        if (etag.isEmpty()) {
            throw new IllegalArgumentException("dataset: expected an etag, found none");
        }
        entries = List.copyOf(entries);
    }

    /** How many principals stand in it; views, routines and datasets have no role and a limit of their own. */
    int occurrences() {
        return (int) entries.stream().filter(entry -> entry.has("role")).count();
    }
}

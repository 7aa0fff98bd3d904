package org.physionet.provisioner.adapters.gcp.bigquery;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.adapters.gcp.policy.Addition;
import org.physionet.provisioner.adapters.gcp.policy.Entry;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;

/**
 * A dataset's access list, replaced as a whole by every write. Every entry that stays keeps all its keys.
 *
 * @param etag never absent: only {@code If-Match} keeps a stale write out (facts/gcp.md 2, row 3)
 * @param takesDeleted false: BigQuery has refused to take deleted accounts back here (row 8), so other people's go too
 *     with the next write; they give no access
 */
record DatasetAccess(String etag, List<AccessEntry> list, boolean takesDeleted) implements MemberPolicy {
    /** Read and written with it always, or conditional entries come back mangled (facts/gcp.md 1). */
    static final int POLICY_VERSION = 3;

    DatasetAccess {
        if (etag.isEmpty()) {
            throw new IllegalArgumentException("dataset: expected an etag, found none");
        }
        list = List.copyOf(list);
    }

    @Override
    public List<Entry> entries() {
        return list.stream().map(EntryMeaning::of).toList();
    }

    @Override
    public DatasetAccess with(BitSet dropped, List<Addition> added) {
        Set<AccessEntry> after = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (!dropped.get(i) && (takesDeleted || !isDeleted(list.get(i)))) {
                after.add(list.get(i));
            }
        }
        added.forEach(addition -> after.add(AccessEntry.reader(addition)));
        return new DatasetAccess(etag, new ArrayList<>(after), takesDeleted);
    }

    private static boolean isDeleted(AccessEntry entry) {
        return EntryMeaning.member(entry).startsWith("deleted:");
    }

    DatasetAccess refusingDeleted() {
        return new DatasetAccess(etag, list, false);
    }

    @Override
    public long bytes() {
        return AccessWire.body(this).length;
    }
}

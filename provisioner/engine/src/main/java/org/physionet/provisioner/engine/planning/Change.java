package org.physionet.provisioner.engine.planning;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeRecord;

/**
 * One planned change of one edge.
 *
 * @param researcher whose it is; null if nobody knows
 * @param dataset the one that decides it, where several share the resource
 * @param reasons reason codes, or {@code left_source}, {@code superseded_identity}, {@code account_unlinked}, {@code
 *     unknown_principal}, {@code known_end}; for a grant empty, or what an exception waives
 * @param expiresAt a grant's end as known now; null: none
 * @param holdings the entitlements that a grant rests on, or that a revocation ends
 */
public record Change(
        EdgeChange.Action action,
        @Nullable ResearcherId researcher,
        DatasetId dataset,
        ResourceId resource,
        Principal principal,
        List<String> reasons,
        @Nullable Instant expiresAt,
        List<EdgeRecord.Holding> holdings)
        implements Comparable<Change> {
    /** Revocations first, then by resource and principal. */
    private static final Comparator<Change> ORDER = Comparator.comparing(
                    (Change c) -> c.action() == EdgeChange.Action.GRANT)
            .thenComparing(Change::resource)
            .thenComparing(Change::principal);

    public Change {
        reasons = List.copyOf(reasons);
        holdings = List.copyOf(holdings);
    }

    /** Whom a guard counts: the researcher, or the principal where nobody knows whose it is. */
    public String person() {
        return researcher == null ? principal.text() : researcher.value();
    }

    /** The revocation of a grant that a block has overtaken. */
    public Change undoing() {
        return new Change(
                EdgeChange.Action.REVOKE,
                researcher,
                dataset,
                resource,
                principal,
                List.of(Reason.BLOCKED.code()),
                null,
                holdings);
    }

    public EdgeChange edge() {
        return new EdgeChange(action, resource, principal, reasons, holdings);
    }

    @Override
    public int compareTo(Change other) {
        return ORDER.compare(this, other);
    }
}

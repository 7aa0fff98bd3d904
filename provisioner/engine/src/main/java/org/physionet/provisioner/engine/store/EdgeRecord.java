package org.physionet.provisioner.engine.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * An edge that is not known to be gone, as recorded.
 *
 * @param adopted found in the cloud, not granted by us
 * @param since when the provider accepted it; for one whose answer was lost, when it was sent; for an adopted one, when adopted
 * @param provenAt when it was last read back; null: never yet
 * @param revokeDetectedAt when it was first known that it should go; null: it should not
 * @param holdings on whose entitlement it rests; empty for an adopted edge that nobody is entitled to
 */
public record EdgeRecord(
        ResourceId resource,
        Principal principal,
        State state,
        boolean adopted,
        Instant since,
        @Nullable Instant provenAt,
        @Nullable Instant revokeDetectedAt,
        List<Holding> holdings) {
    public EdgeRecord {
        holdings = List.copyOf(holdings);
    }

    /** The life of an edge; a revoked one is closed and only in past states. */
    public enum State {
        /** Sent, the answer not known. */
        GRANTING,
        GRANTED,
        /** A revocation was sent or is due; open until read back as gone. */
        REVOKING
    }

    /**
     * One reason for an edge.
     *
     * @param expiresAt the entitlement's end as known in advance; null: none
     */
    public record Holding(
            ResearcherId researcher,
            DatasetId dataset,
            Basis basis,
            @Nullable Instant expiresAt) {}
}

package org.physionet.provisioner.engine.store;

import java.util.List;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * A grant or revocation that is about to be sent.
 *
 * @param reasons why: reason codes, or words such as {@code left_source}, {@code superseded_identity}
 * @param holdings on whose entitlement a grant rests; for a revocation those it ends
 */
public record EdgeChange(
        Action action,
        ResourceId resource,
        Principal principal,
        List<String> reasons,
        List<EdgeRecord.Holding> holdings) {
    public EdgeChange {
        reasons = List.copyOf(reasons);
        holdings = List.copyOf(holdings);
    }

    /** What is done to an edge. */
    public enum Action {
        GRANT,
        REVOKE;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}

package org.physionet.provisioner.engine.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody looked at in the cloud logs and has explained. */
public interface Acknowledgements {
    /** Durable, and told in the ledger. The same again replaces nothing and is told again. */
    void acknowledge(Acknowledged finding);

    /** All, oldest first. */
    List<Acknowledged> acknowledged();

    /**
     * A finding as somebody saw it. One that has changed since then is another one.
     *
     * @param code of the finding
     * @param principal null: nobody is named, or was erased
     * @param at of the first access
     * @param fingerprint of all that may change of it
     * @param acknowledgedAt to the microsecond
     */
    record Acknowledged(
            String code,
            @Nullable String principal,
            @Nullable String resource,
            Instant at,
            String fingerprint,
            String actor,
            String reason,
            Instant acknowledgedAt) {
        /** Whether both are about the same finding in the same state. */
        public boolean sameAs(Acknowledged other) {
            return code.equals(other.code)
                    && java.util.Objects.equals(principal, other.principal)
                    && java.util.Objects.equals(resource, other.resource)
                    && at.equals(other.at)
                    && fingerprint.equals(other.fingerprint);
        }
    }
}

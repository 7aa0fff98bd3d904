package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;

/**
 * When a term ends. A term of length L that starts at S is in force up to and including S + L, also before S; a null length
 * never ends, even without a start; a length with a null start is not in force (CONTRACT, "Who may").
 */
final class Terms {
    private Terms() {}

    /** The last instant of an accepted certificate; {@link Instant#MAX}: for ever; null: it does not count. */
    static @Nullable Instant endOf(Certificate certificate, TrainingType type) {
        return certificate.state() == Certificate.State.ACCEPTED
                ? end(certificate.processedAt(), type.validity())
                : null;
    }

    /** The last instant of an accepted approval; {@link Instant#MAX}: for ever; null: it does not count. */
    static @Nullable Instant endOf(Approval approval) {
        return approval.state() == Approval.State.ACCEPTED ? end(approval.decidedAt(), approval.length()) : null;
    }

    private static @Nullable Instant end(@Nullable Instant start, @Nullable TermLength length) {
        if (length == null) {
            return Instant.MAX;
        }
        return start == null ? null : length.endFrom(start);
    }

    /** The later of two ends, where null is no end at all yet. */
    static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }

    /** The sooner of two limits, where null is no limit. */
    static @Nullable Instant sooner(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    /** For outputs: an end that never comes is no limit. */
    static @Nullable Instant limit(Instant end) {
        return end.equals(Instant.MAX) ? null : end;
    }
}

package org.physionet.provisioner.engine.guards;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.SourceCounts;

/**
 * Whether a snapshot is fit to move people in and out. One that is empty, shrunk, unreadable in parts or of another time
 * stops revocations and admissions altogether, blocks and known ends excepted (CONTRACT, "Guards").
 */
public final class SourceHealth {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);
    private static final int FEW_ROWS = 10;
    private static final int FEW_BAD_ROWS = 5;

    private SourceHealth() {}

    public static SourceCounts count(Snapshot snapshot) {
        int certificates = 0;
        int agreements = 0;
        int approvals = 0;
        int accounts = 0;
        for (Researcher person : snapshot.researchers().values()) {
            certificates += person.certificates().size();
            agreements += person.agreements().size();
            approvals += person.approvals().size();
            accounts += person.accounts().size();
        }
        return new SourceCounts(
                snapshot.takenAt(),
                snapshot.researchers().size(),
                snapshot.datasets().size(),
                certificates,
                agreements,
                approvals,
                accounts);
    }

    /** What is wrong with it, or empty. */
    public static Optional<String> trouble(
            Snapshot snapshot, SourceCounts now, Optional<SourceCounts> last, GuardLimits limits, Instant clock) {
        if (now.researchers() == 0 || now.datasets() == 0) {
            return Optional.of(
                    "the source is empty: " + now.researchers() + " researchers, " + now.datasets() + " datasets");
        }
        Duration skew = Duration.between(clock, snapshot.takenAt()).abs();
        if (skew.compareTo(CLOCK_TOLERANCE) > 0) {
            return Optional.of("the source's clock says " + snapshot.takenAt() + ", ours says " + clock + ": more than "
                    + CLOCK_TOLERANCE.toMinutes() + " minutes apart");
        }
        long rows = (long) now.researchers()
                + now.datasets()
                + now.certificates()
                + now.agreements()
                + now.approvals()
                + now.accounts();
        int bad = snapshot.badRows().size();
        if (bad >= FEW_BAD_ROWS && bad * 100L > limits.maxUnreadablePercent() * (rows + bad)) {
            return Optional.of("too many unreadable rows in the source: " + bad + " of " + (rows + bad));
        }
        return last.flatMap(before -> shrunk(before, now, limits));
    }

    private static Optional<String> shrunk(SourceCounts before, SourceCounts now, GuardLimits limits) {
        return shrunk("researchers", before.researchers(), now.researchers(), limits, true)
                .or(() -> shrunk("datasets", before.datasets(), now.datasets(), limits, true))
                .or(() -> shrunk("certificates", before.certificates(), now.certificates(), limits, false))
                .or(() -> shrunk("agreements", before.agreements(), now.agreements(), limits, false))
                .or(() -> shrunk("approvals", before.approvals(), now.approvals(), limits, false))
                .or(() -> shrunk("cloud accounts", before.accounts(), now.accounts(), limits, false));
    }

    private static Optional<String> shrunk(String what, int before, int now, GuardLimits limits, boolean halfIsMany) {
        long lost = (long) before - now;
        boolean many = lost > FEW_ROWS && lost * 100 > (long) limits.maxShrinkPercent() * before;
        boolean most = halfIsMany && before >= 4 && lost * 2 > before;
        return many || most
                ? Optional.of("the source has shrunk: " + what + " " + before + " → " + now
                        + "; if that is right, raise guards.maxShrinkPercent for one run")
                : Optional.empty();
    }
}

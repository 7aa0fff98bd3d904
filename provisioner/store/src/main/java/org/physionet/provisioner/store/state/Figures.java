package org.physionet.provisioner.store.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Numbers of the record, since it began unless said otherwise.
 *
 * @param granted edges that we made and that were read back, by provider and layout
 * @param revoked edges that we took away and that were read back as gone
 * @param revocationClock of recent revocations
 * @param openRevocations edges that should be gone and are not proven so
 * @param overdue those of them that have been known for too long
 * @param oldestOpenSince when the open revocation that waits longest was known; empty: none is open
 * @param openCases held by guards and not deferred
 * @param quarantined principals that a provider refuses now
 * @param holds blocks and exceptions in force
 * @param calls to providers
 * @param ledgerLength records in the ledger
 * @param sourceSeenAt when the source was last read and found fit; empty: never
 * @param canaries what they last measured
 */
public record Figures(
        List<RunCount> runs,
        List<PlaceCount> granted,
        List<PlaceCount> revoked,
        RevocationClock revocationClock,
        List<PlaceCount> openRevocations,
        List<PlaceCount> overdue,
        Optional<Instant> oldestOpenSince,
        long openCases,
        long deferredCases,
        long quarantined,
        long holds,
        List<CallCount> calls,
        long ledgerLength,
        Optional<Instant> sourceSeenAt,
        List<CanaryFigure> canaries) {

    /** @param exitCode as text; {@code none}: has not ended, or was killed */
    public record RunCount(String trigger, String exitCode, long count) {}

    public record PlaceCount(String provider, String layout, long count) {}

    /** @param outcome an HTTP status, or a word */
    public record CallCount(String method, String outcome, long count) {}
}

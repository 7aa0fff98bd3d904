package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Store;

/**
 * The right to run everything, kept while the run goes on: an instance that dies elsewhere, where nobody can see that it is
 * gone, blocks the next run for one term and not for the longest that a run may take. Safe for concurrent use.
 */
final class RunLease {
    static final String NAME = "run";

    /** Longer than anything that a run does without asking for haste: reading the record, planning. */
    private static final Duration TERM = Duration.ofMinutes(10);

    private final Site site;
    private Lease lease;
    private boolean lost;

    private RunLease(Site site, Lease lease) {
        this.site = site;
        this.lease = lease;
    }

    /** Empty: another run is in progress. */
    static Optional<RunLease> take(Site site) {
        return site.store()
                .acquire(NAME, site.owner(), TERM, site.clock().instant())
                .map(lease -> new RunLease(site, lease));
    }

    /** The wish of others, and our own to end when the lease is lost; asked for all the time, which is when it is renewed. */
    Supplier<Haste> haste(Supplier<Haste> others) {
        return () -> stillOurs() ? others.get() : Haste.END_NOW;
    }

    private synchronized boolean stillOurs() {
        Instant now = site.clock().instant();
        if (!lost && !now.plus(TERM.dividedBy(2)).isBefore(lease.expiresAt())) {
            Store store = site.store();
            Optional<Lease> renewed = store.acquire(NAME, site.owner(), TERM, now);
            lost = renewed.map(Lease::token)
                    .filter(token -> token == lease.token())
                    .isEmpty();
            if (!lost) {
                lease = renewed.orElseThrow();
            } else {
                // Ours had run out: whoever ran in between has seen what we have not.
                renewed.ifPresent(store::release);
            }
        }
        return !lost;
    }

    /** As it is now. */
    synchronized Lease lease() {
        return lease;
    }

    void release() {
        site.store().release(lease);
    }
}

package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.RunId;

/** One writer for each resource: whoever wants to write waits a little for whoever is at it, and revocations go first. */
final class ResourceLeases {
    private static final Duration WAIT = Duration.ofSeconds(30);
    /** Longer than a holder that stalled can keep it. */
    private static final Duration URGENT_WAIT = Journal.TERM.plusSeconds(30);

    private static final Duration URGENT_TERM = Duration.ofSeconds(30);

    private final Site site;
    private final RunId run;
    private final Patience patience;

    ResourceLeases(Site site, RunId run, Patience patience) {
        this.site = site;
        this.run = run;
        this.patience = patience;
    }

    /**
     * The resource's journal, under its lease; empty: somebody else is still at it. The caller releases it.
     *
     * <p>When the holder before never gave it back, and the provider does not refuse stale writes, its last write may still
     * be under way: then this waits until it has arrived or never will, so that what is read afterwards shows it.
     *
     * @param urgent access is to be taken away: whoever is at it lets us past before its next grant
     */
    Optional<Journal> take(ResourceId resource, Adapter adapter, boolean urgent) {
        Optional<Lease> lease = urgent ? urgently(resource) : acquire(resource, WAIT, Optional.empty());
        if (lease.isPresent() && !settled(lease.get(), adapter)) {
            site.store().release(lease.get());
            return Optional.empty();
        }
        return lease.map(l -> new Journal(site.store(), run, resource, site.clock(), l));
    }

    private Optional<Lease> urgently(ResourceId resource) {
        Optional<Lease> free = site.store().acquire(Journal.leaseName(resource), owner(), Journal.TERM, patience.now());
        if (free.isPresent()) {
            return free;
        }
        String urgent = Journal.urgentName(resource);
        try {
            return acquire(resource, URGENT_WAIT, Optional.of(urgent));
        } finally {
            site.store()
                    .leaseOf(urgent, patience.now())
                    .filter(l -> l.owner().equals(owner()))
                    .ifPresent(site.store()::release);
        }
    }

    private Optional<Lease> acquire(ResourceId resource, Duration longest, Optional<String> urgent) {
        Instant giveUp = patience.now().plus(longest);
        for (int attempt = 1; ; attempt++) {
            urgent.ifPresent(name -> site.store().acquire(name, owner(), URGENT_TERM, patience.now()));
            Optional<Lease> lease =
                    site.store().acquire(Journal.leaseName(resource), owner(), Journal.TERM, patience.now());
            if (lease.isPresent() || patience.now().isAfter(giveUp) || !patience.beforeRetry(attempt, null)) {
                return lease;
            }
        }
    }

    private boolean settled(Lease lease, Adapter adapter) {
        Instant abandoned = lease.abandonedAt();
        if (abandoned == null || adapter.capabilities().compareAndSwap()) {
            return true;
        }
        return patience.until(abandoned.plus(adapter.capabilities().writeDeadline()));
    }

    private String owner() {
        return site.owner() + "/" + run;
    }

    String busy(ResourceId resource) {
        String who = site.store()
                .leaseOf(Journal.leaseName(resource), patience.now())
                .map(Lease::owner)
                .orElse("another instance");
        return resource + ": busy, " + who + " is working on it; the next run tries again";
    }
}

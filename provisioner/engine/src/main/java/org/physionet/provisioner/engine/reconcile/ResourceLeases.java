package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.RunId;

/** One writer for each resource: whoever wants to write waits a little for whoever is at it. */
final class ResourceLeases {
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Site site;
    private final RunId run;
    private final Patience patience;

    ResourceLeases(Site site, RunId run, Patience patience) {
        this.site = site;
        this.run = run;
        this.patience = patience;
    }

    /** The resource's journal, under its lease; empty: somebody else is still at it. The caller releases it. */
    Optional<Journal> take(ResourceId resource) {
        Instant giveUp = patience.now().plus(WAIT);
        for (int attempt = 1; ; attempt++) {
            Optional<Lease> lease = site.store()
                    .acquire(Journal.leaseName(resource), site.owner() + "/" + run, Journal.TERM, patience.now());
            if (lease.isPresent() || patience.now().isAfter(giveUp) || !patience.beforeRetry(attempt, null)) {
                return lease.map(l -> new Journal(site.store(), run, resource, site.clock(), l));
            }
        }
    }

    String busy(ResourceId resource) {
        String who = site.store()
                .leaseOf(Journal.leaseName(resource), patience.now())
                .map(Lease::owner)
                .orElse("another instance");
        return resource + ": busy, " + who + " is working on it; the next run tries again";
    }
}

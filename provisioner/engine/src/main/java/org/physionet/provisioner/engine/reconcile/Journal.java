package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.Store;

/**
 * Writes intents and outcomes of one resource to the record, under its lease: the record itself refuses, in the same transaction, what comes
 * from a holder that has lost it ({@link LeaseLostException}).
 */
final class Journal {
    /** A holder that stalls for longer has lost the resource. */
    static final Duration TERM = Duration.ofMinutes(2);

    private final Store store;
    private final RunId run;
    private final ResourceId resource;
    private final InstantSource clock;
    private Lease lease;

    Journal(Store store, RunId run, ResourceId resource, InstantSource clock, Lease lease) {
        this.store = store;
        this.run = run;
        this.resource = resource;
        this.clock = clock;
        this.lease = lease;
    }

    static String leaseName(ResourceId resource) {
        return "resource/" + resource;
    }

    /** Held by a run that waits for the resource in order to take access away there. */
    static String urgentName(ResourceId resource) {
        return "urgent/" + resource;
    }

    void intend(String document, List<Change> changes) {
        store.intend(
                run,
                clock.instant(),
                resource,
                document,
                changes.stream().map(Change::edge).toList(),
                lease);
    }

    /** @throws LeaseLostException if somebody else has the lease: the ledger tells that the outcome is not known to us */
    void conclude(Collection<Change> changes, EdgeResult.Stage stage, String detail) {
        if (changes.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        boolean ours = store.conclude(
                run,
                changes.stream()
                        .map(c -> new EdgeResult(c.action(), c.resource(), c.principal(), stage, now, detail))
                        .toList(),
                lease);
        if (!ours) {
            throw lost();
        }
    }

    /** @throws LeaseLostException if {@link #stillOurs} says that nothing more may be sent */
    void requireOurs() {
        if (!stillOurs()) {
            throw lost();
        }
    }

    LeaseLostException lost() {
        return new LeaseLostException(lease);
    }

    /** @param stage null: about to be sent */
    void upkeep(Upkeep upkeep, EdgeResult.@Nullable Stage stage) {
        store.upkeep(run, clock.instant(), resource, upkeep.document(), upkeep.what(), stage, lease);
    }

    void place(Places places) {
        store.place(resource, places, lease);
    }

    void quarantine(Quarantined entry) {
        store.quarantine(run, List.of(entry), lease);
    }

    void readmit(Collection<Principal> principals) {
        store.readmit(principals, run.value(), clock.instant(), lease);
    }

    /**
     * Takes what stands here into the record.
     *
     * @param onlyFound those that the record does not know, without ending a wait for adoption
     */
    void adopt(ResourcePlan plan, Observation seen, boolean awaits, List<Store.AdoptedEdge> edges, boolean onlyFound) {
        store.resourceSeen(seen.at(), plan.resource(), awaits, seen.owned().size(), seen.documents(), lease);
        if (onlyFound) {
            store.found(run, seen.at(), resource, edges, lease);
        } else {
            store.adopt(run, seen.at(), resource, edges, lease);
        }
    }

    /** Renews the lease when half of it is gone; false: somebody else has it, and nothing more may be sent. */
    boolean stillOurs() {
        Instant now = clock.instant();
        if (now.plus(TERM.dividedBy(2)).isBefore(lease.expiresAt())) {
            return true;
        }
        Lease renewed = store.acquire(lease.name(), lease.owner(), TERM, now).orElse(null);
        if (renewed == null) {
            return false;
        }
        if (renewed.token() != lease.token()) {
            // Ours had run out and this is a new one: whoever came in between may have written.
            store.release(renewed);
            return false;
        }
        lease = renewed;
        return true;
    }

    /**
     * Lets a run go first that waits in order to take access away here.
     *
     * @return whether one did: then what was read is old. Without the lease afterwards, {@link #stillOurs} says so
     */
    boolean letPast(Patience patience) {
        String urgent = urgentName(resource);
        if (store.leaseOf(urgent, clock.instant()).isEmpty()) {
            return false;
        }
        store.release(lease);
        for (int attempt = 1; patience.beforeRetry(attempt, null); attempt++) {
            Instant now = clock.instant();
            if (store.leaseOf(urgent, now).isEmpty()) {
                Lease again =
                        store.acquire(lease.name(), lease.owner(), TERM, now).orElse(null);
                if (again != null) {
                    lease = again;
                    return true;
                }
            }
        }
        lease = new Lease(lease.name(), lease.owner(), lease.token(), Instant.MIN);
        return true;
    }

    void release() {
        store.release(lease);
    }
}

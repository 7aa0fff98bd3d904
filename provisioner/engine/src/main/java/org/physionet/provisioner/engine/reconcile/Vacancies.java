package org.physionet.provisioner.engine.reconcile;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.Store;

/**
 * Which resources nobody was working on when a run began to look at them, and the fence for what it records of what it saw: who
 * looks does not keep others from working, and so what it saw counts only as long as nobody has begun to.
 */
final class Vacancies {
    private final Store store;
    private final InstantSource clock;
    private final Map<ResourceId, Lease> vacant = new HashMap<>();

    Vacancies(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * To be called before the resources are looked at. From a holder that is late by another whole term the lease is taken; who is only
     * slow, e.g. because the provider had them wait, goes on.
     */
    void noteBefore(Collection<ResourceId> looking) {
        Map<String, Lease> free = store.vacant(
                looking.stream().map(Journal::leaseName).toList(),
                clock.instant().minus(Journal.TERM));
        looking.forEach(resource -> {
            Lease lease = free.get(Journal.leaseName(resource));
            if (lease != null) {
                vacant.put(resource, lease);
            }
        });
    }

    /** What is recorded of one resource. */
    interface Note {
        void under(Lease fence);
    }

    /**
     * Records what was seen at a resource.
     *
     * @return false: somebody was or is at work there, and what has not been recorded yet is theirs to say
     */
    boolean record(ResourceId resource, Note note) {
        Optional<Lease> fence = Optional.ofNullable(vacant.get(resource));
        try {
            fence.ifPresent(note::under);
            return fence.isPresent();
        } catch (LeaseLostException e) {
            return false;
        }
    }
}

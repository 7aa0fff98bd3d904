package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.RunId;

/** The leases of resources of which somebody records what stands there: taken before they are read, given back at the end. */
final class Turns implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Site site;
    private final Reconciler reconciler;
    private final ResourceLeases leases;
    private final Map<ResourceId, Journal> held = new HashMap<>();
    private final Map<ResourceId, String> busy = new HashMap<>();
    private String fingerprint = "";

    Turns(Site site, Reconciler reconciler, RunId run) {
        this.site = site;
        this.reconciler = reconciler;
        this.leases = new ResourceLeases(site, run, reconciler.patience(LONGEST));
    }

    /** What would be planned, read under the leases. */
    Reconciler.Preview preview(SourceReading reading, Scope scope) {
        Reconciler.Preview preview = reconciler.preview(reading, scope, null, this::take);
        fingerprint = preview.plan().fingerprint();
        return preview;
    }

    /** Of the last preview. */
    String fingerprint() {
        return fingerprint;
    }

    private void take(Collection<Resource> resources) {
        for (Resource resource : resources) {
            Adapter adapter = site.clouds().adapters().get(resource.provider());
            if (adapter != null) {
                leases.take(resource.id(), adapter, false)
                        .ifPresentOrElse(
                                journal -> held.put(resource.id(), journal),
                                () -> busy.put(resource.id(), leases.busy(resource.id())));
            }
        }
    }

    /**
     * Records something of one resource under its lease.
     *
     * @return why it is not recorded; empty: it is
     */
    Optional<String> record(Resource resource, Consumer<Journal> work) {
        Journal journal = held.get(resource.id());
        if (journal == null) {
            return Optional.of(busy.getOrDefault(resource.id(), resource.id() + ": not read"));
        }
        try {
            journal.requireOurs();
            work.accept(journal);
            return Optional.empty();
        } catch (LeaseLostException e) {
            return Optional.of(resource.id() + ": another instance has taken over this resource; adopt it again");
        }
    }

    @Override
    public void close() {
        held.values().forEach(Journal::release);
    }
}

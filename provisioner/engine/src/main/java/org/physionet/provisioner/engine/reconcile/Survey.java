package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.guards.SourceHealth;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Facts;
import org.physionet.provisioner.engine.planning.KnownIdentities;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.planning.Situation;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;

/** Brings together what a plan depends on: the source, the record and what the clouds show. Reads only. */
final class Survey {
    private final Site site;
    private final Patience patience;
    private final Consumer<Collection<Resource>> beforeLooking;

    Survey(Site site, Patience patience) {
        this(site, patience, _ -> {});
    }

    /** @param beforeLooking is told which resources are about to be read */
    Survey(Site site, Patience patience, Consumer<Collection<Resource>> beforeLooking) {
        this.site = site;
        this.patience = patience;
        this.beforeLooking = beforeLooking;
    }

    /** @param clockIsSet the instant is a person's, not the clock's: the source's clock is not compared with it */
    Situation situation(SourceReading reading, RecordView record, Scope scope, Instant at, boolean clockIsSet) {
        Snapshot snapshot = reading instanceof SourceReading.Read read ? read.snapshot() : null;
        Links links = snapshot == null
                ? Links.NONE
                : Links.of(snapshot.researchers().values(), site.clouds().identityKinds());
        HoldIndex holds = new HoldIndex(record.holds(), links.byPerson(), record.identities());
        Standing standing = snapshot == null ? null : new Population(snapshot).at(at, site.rules(), holds);
        List<Resource> resources = new ArrayList<>();
        List<Resource> orphans = new ArrayList<>();
        sort(snapshot, record, resources, orphans);
        List<Resource> inScope = new ArrayList<>(resources);
        inScope.addAll(orphans);
        inScope.removeIf(r -> !scope.covers(r));
        SortedMap<String, String> facts = Facts.of(snapshot, site.rules(), resources);
        resources.replaceAll(this::keepingCanaries);
        orphans.replaceAll(this::keepingCanaries);
        return new Situation(
                at,
                standing,
                trouble(reading, record, at, clockIsSet),
                links,
                KnownIdentities.of(record, snapshot, site.clouds().identityKinds()),
                holds,
                record,
                resources,
                orphans,
                site.clouds().kindNames(),
                observe(inScope, record, Aliases.of(reading, site.clouds().identityKinds(), record)),
                facts,
                site.limits(),
                scope);
    }

    /** Of two canaries one stands there from measurement to measurement; nobody is entitled to it. A single one only passes through. */
    private Resource keepingCanaries(Resource resource) {
        Adapter adapter = site.clouds().adapters().get(resource.provider());
        List<Canary> canaries = adapter == null ? List.of() : adapter.canaries();
        if (canaries.size() < 2) {
            return resource;
        }
        SortedSet<Principal> keep = new TreeSet<>(resource.keep());
        canaries.forEach(canary -> keep.add(canary.principal()));
        return new Resource(
                resource.id(),
                resource.provider(),
                resource.layout(),
                resource.options(),
                resource.mode(),
                resource.datasets(),
                resource.admits(),
                keep,
                resource.origin());
    }

    private Optional<String> trouble(SourceReading reading, RecordView record, Instant at, boolean clockIsSet) {
        return switch (reading) {
            case SourceReading.Unreadable unreadable -> Optional.of("source unreadable: " + unreadable.why());
            case SourceReading.Read read ->
                SourceHealth.trouble(
                        read.snapshot(),
                        SourceHealth.count(read.snapshot()),
                        record.sourceCounts(),
                        site.limits(),
                        clockIsSet ? read.snapshot().takenAt() : at);
        };
    }

    /** A dataset or resource that left the source or the catalog is an orphan: frozen, not emptied. */
    private void sort(
            @Nullable Snapshot snapshot, RecordView record, List<Resource> resources, List<Resource> orphans) {
        Set<ResourceId> listed = new HashSet<>();
        for (Resource resource : site.resources()) {
            listed.add(resource.id());
            boolean known = snapshot == null || snapshot.datasets().keySet().containsAll(resource.datasets());
            (known ? resources : orphans).add(resource);
        }
        for (ResourceRecord recorded : record.resources().values()) {
            if (!listed.contains(recorded.id()) && site.clouds().kinds().containsKey(recorded.provider())) {
                (snapshot == null ? resources : orphans).add(fromRecord(recorded));
            }
        }
    }

    private Resource fromRecord(ResourceRecord recorded) {
        return new Resource(
                recorded.id(),
                recorded.provider(),
                recorded.layout(),
                recorded.options(),
                site.defaultMode(),
                recorded.datasets(),
                Resource.Admits.ALL,
                new TreeSet<>(),
                "record");
    }

    private SortedMap<ResourceId, Observed> observe(
            Collection<Resource> resources, RecordView record, Aliases aliases) {
        beforeLooking.accept(resources);
        Map<String, List<Resource>> byProvider = new TreeMap<>();
        resources.forEach(r ->
                byProvider.computeIfAbsent(r.provider(), p -> new ArrayList<>()).add(r));
        SortedMap<ResourceId, Observed> all = Collections.synchronizedSortedMap(new TreeMap<>());
        List<Runnable> lanes = new ArrayList<>();
        byProvider.forEach((provider, own) -> lanes.add(() -> all.putAll(observeOne(provider, own, record, aliases))));
        site.lanes().run(lanes);
        return all;
    }

    /** A provider that is down is asked patiently once; after that each of its resources gets one attempt. */
    private Map<ResourceId, Observed> observeOne(
            String provider, List<Resource> resources, RecordView record, Aliases aliases) {
        Adapter adapter = site.clouds().adapters().get(provider);
        Map<ResourceId, Observed> seen = new HashMap<>();
        Observer observer = new Observer(patience, aliases);
        boolean down = false;
        for (Resource resource : resources) {
            Observed observed;
            if (adapter == null) {
                observed = new Observed.NotSeen(new Outcome.Denied(provider + " is not configured"));
            } else if (patience.endsSoon()) {
                observed = new Observed.NotSeen(new Outcome.Unavailable("not looked at, because the run was to end"));
            } else if (down) {
                observed = observer.observe(adapter, resource, placesOf(resource, record), 1);
            } else {
                observed = observer.observe(adapter, resource, placesOf(resource, record));
            }
            down = observed instanceof Observed.NotSeen notSeen
                    && (notSeen.why() instanceof Outcome.Unavailable || notSeen.why() instanceof Outcome.Unknown);
            seen.put(resource.id(), observed);
        }
        return seen;
    }

    static Places placesOf(Resource resource, RecordView record) {
        ResourceRecord known = record.resources().get(resource.id());
        return known == null ? Places.UNKNOWN : known.places();
    }
}

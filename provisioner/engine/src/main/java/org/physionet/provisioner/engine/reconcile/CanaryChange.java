package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.RunId;

/** Lets canaries in and out at one resource, by the one path of every change. */
final class CanaryChange {
    private final Site site;
    private final Reconciler reconciler;
    private final RunId run;
    private final SourceReading reading;
    private final Resource resource;
    private final Adapter adapter;
    private final Duration wait;
    private final List<String> problems;

    /** @param problems gets a sentence for whatever could not be done */
    CanaryChange(
            Site site,
            Reconciler reconciler,
            RunId run,
            SourceReading reading,
            Resource resource,
            Duration wait,
            List<String> problems) {
        this.site = site;
        this.reconciler = reconciler;
        this.run = run;
        this.reading = reading;
        this.resource = resource;
        this.adapter = Objects.requireNonNull(site.clouds().adapters().get(resource.provider()));
        this.wait = wait;
        this.problems = problems;
    }

    /**
     * What was written and read back.
     *
     * @param places whether the layout has places, in which a shard is read by its name
     * @param acceptedAt when the provider took each shard's write
     */
    record Made(boolean places, SortedMap<String, Instant> acceptedAt) {
        SortedSet<String> shards() {
            return new TreeSet<>(acceptedAt.keySet());
        }

        CanaryWatch.Expected expected(Canary canary, String shard, Class<? extends Canary.Reading> answer) {
            return new CanaryWatch.Expected(
                    canary, shard, places ? shard : null, answer, Objects.requireNonNull(acceptedAt.get(shard)));
        }
    }

    /** Those that are let in now; null: that can not be read. */
    @Nullable List<Canary> standing(List<Canary> canaries) {
        Observation seen = observe();
        return seen == null
                ? null
                : canaries.stream()
                        .filter(canary -> seen.owned().containsKey(canary.principal()))
                        .toList();
    }

    /**
     * What a canary was answered before a change.
     *
     * @param everywhere where the layout has no places; null: it has
     */
    record Readings(Canary.@Nullable Reading everywhere, Map<String, Canary.Reading> byShard) {
        boolean allowed(String shard) {
            return (everywhere == null ? byShard.get(shard) : everywhere) instanceof Canary.Reading.Allowed;
        }
    }

    /** What a canary may read now. */
    Readings readings(Canary canary) {
        Map<String, Canary.Reading> all = new TreeMap<>();
        Observation seen = observe();
        if (seen != null && !hasPlaces(seen)) {
            return new Readings(canary.read(resource, null), all);
        }
        if (seen != null) {
            seen.documents().forEach(shard -> all.put(shard, canary.read(resource, shard)));
        }
        return new Readings(null, all);
    }

    private static boolean hasPlaces(Observation seen) {
        return seen.owned().values().stream().map(LiveEdge::place).anyMatch(Objects::nonNull);
    }

    /**
     * One of them, or both, in one write for each shard.
     *
     * @return null: it came to nothing, or not to all of it, as {@code problems} says
     */
    @Nullable Made make(@Nullable Canary in, @Nullable Canary out) {
        Patience patience = reconciler.patience(wait);
        ResourceLeases leases = new ResourceLeases(site, run, patience);
        Optional<Journal> taken = leases.take(resource.id(), adapter, false);
        if (taken.isEmpty()) {
            problems.add(leases.busy(resource.id()));
            return null;
        }
        Journal journal = taken.get();
        try {
            Reconciler.Preview preview = reconciler.previewOf(reading, resource);
            List<String> objections = Reconciler.objections(preview);
            if (!objections.isEmpty()) {
                problems.addAll(objections);
                return null;
            }
            List<Change> changes = new ArrayList<>();
            if (out != null) {
                changes.add(change(Action.REVOKE, out));
            }
            if (in != null) {
                changes.add(change(Action.GRANT, in));
            }
            ResourceResult result = carryOut(preview, changes, journal, patience);
            problems.addAll(result.problems());
            Observation seen = observe();
            Set<Change> missing = new HashSet<>(changes);
            missing.removeAll(result.proven());
            return !missing.isEmpty() || seen == null ? null : new Made(hasPlaces(seen), result.acceptedAt());
        } finally {
            journal.release();
        }
    }

    private ResourceResult carryOut(
            Reconciler.Preview preview, List<Change> changes, Journal journal, Patience patience) {
        ResourcePlan plan = preview.plan().resources().getFirst();
        ResourcePlan only = new ResourcePlan(
                plan.resource(), plan.mode(), plan.observation(), plan.kept(), changes, List.of(), false, List.of());
        return new ResourceRun(
                        only,
                        adapter,
                        places(),
                        journal,
                        new Refusals(site.clock(), preview.situation().record()),
                        new LateBlocks(site.store(), preview.situation()),
                        patience,
                        observer(patience))
                .carryOut(false);
    }

    private Change change(Action action, Canary canary) {
        return new Change(
                action,
                null,
                resource.datasets().first(),
                resource.id(),
                canary.principal(),
                List.of("canary"),
                null,
                List.of());
    }

    private @Nullable Observation observe() {
        return switch (observer(reconciler.patience(wait)).observe(adapter, resource, places())) {
            case Observed.Seen seen -> seen.observation();
            case Observed.NotSeen notSeen -> {
                problems.add(
                        resource.id() + ": could not be read: " + notSeen.why().reason());
                yield null;
            }
        };
    }

    private Places places() {
        return Survey.placesOf(resource, site.store().view());
    }

    private Observer observer(Patience patience) {
        return new Observer(
                patience,
                Aliases.of(reading, site.clouds().identityKinds(), site.store().view()));
    }
}

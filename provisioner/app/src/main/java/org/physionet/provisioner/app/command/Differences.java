package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Situation;
import org.physionet.provisioner.engine.reconcile.Clouds;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;

/** Everything in which the clouds differ from what is recorded and desired, in both directions. Reads only. */
final class Differences {
    /** Leases end at the end of a month, never before the entitlement does. */
    private static final Duration LONGEST_ROUNDING = Duration.ofDays(32);

    private final Plan plan;
    private final Situation situation;
    private final Clouds clouds;
    private final Map<ResourceId, Map<Principal, String>> recorded = new HashMap<>();
    private final Set<ResourceId> orphans = new HashSet<>();
    private final Set<ResourceId> inUpkeep = new HashSet<>();
    private final List<Drift> found = new ArrayList<>();

    Differences(Reconciler.Preview preview, Clouds clouds) {
        this.plan = preview.plan();
        this.situation = preview.situation();
        this.clouds = clouds;
        for (EdgeRecord edge : situation.record().edges()) {
            recorded.computeIfAbsent(edge.resource(), r -> new HashMap<>())
                    .put(edge.principal(), edge.state().name().toLowerCase(Locale.ROOT));
        }
        situation.orphans().stream().map(Resource::id).forEach(orphans::add);
        preview.forecast().upkeep().forEach(u -> inUpkeep.add(u.resource()));
    }

    List<Drift> find() {
        for (ResourcePlan resource : plan.resources()) {
            if (resource.observation() == null) {
                add("unseen", resource, null, null, resource.notes());
            } else {
                look(resource, resource.observation());
            }
        }
        found.sort(Comparator.comparing(Drift::resource).thenComparing(Drift::finding));
        return found;
    }

    private void look(ResourcePlan resource, Observation observation) {
        if (orphans.contains(resource.resource().id())) {
            add("orphan", resource, null, null, List.of(observation.owned().size() + " readers, frozen"));
        }
        changes(resource).forEach(change -> {
            LiveEdge live = observation.owned().get(change.principal());
            String finding =
                    change.action() == Action.GRANT ? "missing" : live != null && live.dead() ? "dead" : "extra";
            add(finding, resource, change.principal(), change.researcher(), change.reasons());
        });
        widenedLeases(resource, observation);
        observation.foreign().stream().filter(ForeignEntry::givesAccess).forEach(entry -> foreign(resource, entry));
        Adapter adapter = clouds.adapters().get(resource.resource().provider());
        if (adapter != null) {
            adapter.shadows(resource.resource()).forEach(shadow -> shadow(resource, shadow));
        }
    }

    /** Also what is held, waits, or is forbidden by the mode. */
    private Stream<Change> changes(ResourcePlan resource) {
        ResourceId id = resource.resource().id();
        return Stream.of(
                        resource.changes().stream(),
                        resource.wouldChange().stream(),
                        plan.guarded().stream()
                                .map(Plan.Guarded::change)
                                .filter(c -> c.resource().equals(id)),
                        plan.quarantined().stream().filter(c -> c.resource().equals(id)))
                .flatMap(s -> s)
                .distinct();
    }

    /** The layout would rewrite the document, and this entry in it has no end, or a later one than it should. */
    private void widenedLeases(ResourcePlan resource, Observation observation) {
        Adapter adapter = clouds.adapters().get(resource.resource().provider());
        if (adapter == null
                || !adapter.capabilities().leases()
                || !inUpkeep.contains(resource.resource().id())) {
            return;
        }
        Map<Principal, Target.Edge> wanted =
                ResourcePlan.target(observation, List.of(), resource.kept()).edges();
        for (LiveEdge live : observation.owned().values()) {
            Target.Edge edge = wanted.get(live.principal());
            Instant until = edge == null ? null : edge.until();
            boolean longer = edge != null
                    && until != null
                    && (live.leaseUntil() == null || live.leaseUntil().isAfter(until.plus(LONGEST_ROUNDING)));
            if (edge != null && longer && resource.kept().containsKey(live.principal())) {
                String has = live.leaseUntil() == null ? "without an end" : "until " + live.leaseUntil();
                add(
                        "widened",
                        resource,
                        live.principal(),
                        edge.holder(),
                        List.of("entitled until " + until + ", written down " + has));
            }
        }
    }

    private void foreign(ResourcePlan resource, ForeignEntry entry) {
        Principal principal = entry.principal();
        ResearcherId whose = principal == null ? null : whose(principal);
        if (entry.usual()) {
            add(Drift.USUAL, resource, null, null, List.of(entry.text()));
        } else if (whose != null) {
            add("widened", resource, principal, whose, List.of(entry.text()));
        } else {
            add("shadow", resource, principal, null, List.of(entry.text()));
        }
    }

    private @Nullable ResearcherId whose(Principal principal) {
        var linking = situation.links().holdersOf(principal);
        return linking.isEmpty() ? situation.onceLinked().get(principal) : linking.first();
    }

    private void shadow(ResourcePlan resource, Shadow shadow) {
        String note = shadow.certain() ? shadow.path() : shadow.path() + " (could not be looked at)";
        found.add(new Drift(
                shadow.orphan() ? "orphan" : shadow.certain() ? "shadow" : Drift.USUAL,
                resource.resource().id(),
                resource.resource().datasets().first(),
                shadow.who(),
                null,
                null,
                List.of(note)));
    }

    private void add(
            String finding,
            ResourcePlan resource,
            @Nullable Principal principal,
            @Nullable ResearcherId researcher,
            List<String> reasons) {
        ResourceId id = resource.resource().id();
        found.add(new Drift(
                finding,
                id,
                resource.resource().datasets().first(),
                principal == null ? null : principal.text(),
                researcher,
                principal == null ? null : recorded.getOrDefault(id, Map.of()).get(principal),
                reasons));
    }
}

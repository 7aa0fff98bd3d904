package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.IdentityKind;
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
                add(Drift.UNSEEN, resource, null, null, resource.notes(), new Cure.None());
            } else {
                look(resource, resource.observation());
            }
        }
        found.sort(Comparator.comparing((Drift d) -> d.at().id())
                .thenComparing(Drift::finding)
                .thenComparing(Drift::id));
        return found;
    }

    private void look(ResourcePlan resource, Observation observation) {
        int readers = observation.owned().size();
        if (orphans.contains(resource.resource().id()) && readers > 0) {
            add("orphan", resource, null, null, List.of(readers + " readers, frozen"), new Cure.Readers(readers));
        }
        edges(resource).forEach(edge -> {
            Change change = edge.change();
            LiveEdge live = observation.owned().get(change.principal());
            if (change.action() == Action.GRANT && live != null && live.earlier()) {
                // Nothing is missing: they read by what an earlier layout has left, which is told below.
                return;
            }
            String finding =
                    change.action() == Action.GRANT ? "missing" : live != null && live.dead() ? "dead" : "extra";
            add(finding, resource, change.principal(), change.researcher(), change.reasons(), edge);
        });
        widenedLeases(resource, observation);
        Adapter adapter = clouds.adapters().get(resource.resource().provider());
        List<Shadow> shadows = adapter == null ? List.of() : adapter.shadows(resource.resource());
        observation.foreign().stream()
                .filter(ForeignEntry::givesAccess)
                .filter(entry -> shadows.stream().noneMatch(shadow -> isOf(shadow, resource, entry)))
                .forEach(entry -> foreign(resource, entry));
        shadows.forEach(shadow -> shadow(resource, shadow));
    }

    /** An entry of the resource's own that the search for shadows tells more of. */
    private static boolean isOf(Shadow shadow, ResourcePlan resource, ForeignEntry entry) {
        return shadow.path().startsWith(resource.resource().id() + ": " + entry.text());
    }

    /** Also what is held, waits, or is forbidden by the mode. */
    private Stream<Cure.Edge> edges(ResourcePlan resource) {
        ResourceId id = resource.resource().id();
        String mode = resource.awaitsAdoption()
                ? "the resource awaits adoption: provisioner adopt " + id
                : "the resource is in mode " + resource.mode().name().toLowerCase(Locale.ROOT);
        Map<Change, Cure.Edge> all = new LinkedHashMap<>();
        resource.changes().forEach(c -> all.putIfAbsent(c, new Cure.Edge(c, null, null)));
        resource.wouldChange().forEach(c -> all.putIfAbsent(c, new Cure.Edge(c, mode, null)));
        plan.guarded().stream()
                .filter(held -> held.change().resource().equals(id))
                .forEach(held -> all.putIfAbsent(held.change(), new Cure.Edge(held.change(), null, held.caseId())));
        plan.quarantined().stream()
                .filter(c -> c.resource().equals(id))
                .forEach(c -> all.putIfAbsent(
                        c,
                        new Cure.Edge(
                                c,
                                "the provider refused it, and it is tried again later (provisioner quarantine retry "
                                        + c.principal() + ")",
                                null)));
        return all.values().stream();
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
                        List.of("entitled until " + until + ", written down " + has),
                        new Cure.Lease(live.principal()));
            }
        }
    }

    private void foreign(ResourcePlan resource, ForeignEntry entry) {
        Principal principal = entry.principal();
        List<String> text = List.of(entry.text());
        if (entry.usual()) {
            add(Drift.USUAL, resource, null, null, text, new Cure.None());
        } else if (entry.spoiled()) {
            add("widened", resource, null, null, text, new Cure.Documents());
        } else {
            ResearcherId whose = principal == null ? null : whose(principal);
            Cure cure = new Cure.Way(principal == null ? null : principal.text(), entry.text());
            add(whose == null ? "shadow" : "widened", resource, principal, whose, text, cure);
        }
    }

    private @Nullable ResearcherId whose(Principal shown) {
        Principal principal = situation.record().otherNames().getOrDefault(shown, shown);
        var linking = situation.links().holdersOf(principal);
        return linking.isEmpty() ? situation.onceLinked().get(principal) : linking.first();
    }

    private void shadow(ResourcePlan resource, Shadow shadow) {
        ResearcherId whose = parsed(resource, shadow.who()).map(this::whose).orElse(null);
        String finding = shadow.orphan() ? "orphan" : shadow.certain() ? "shadow" : Drift.USUAL;
        String note = shadow.certain() ? shadow.path() : shadow.path() + " (could not be looked at)";
        found.add(new Drift(
                finding,
                resource.resource(),
                resource.resource().datasets().first(),
                shadow.who(),
                whose,
                null,
                List.of(note),
                shadow.certain() ? new Cure.Way(shadow.who(), shadow.path()) : new Cure.None()));
    }

    private Optional<Principal> parsed(ResourcePlan resource, String who) {
        IdentityKind kind = clouds.kinds().get(resource.resource().provider());
        return kind == null ? Optional.empty() : kind.parse(who);
    }

    private void add(
            String finding,
            ResourcePlan resource,
            @Nullable Principal principal,
            @Nullable ResearcherId researcher,
            List<String> reasons,
            Cure cure) {
        ResourceId id = resource.resource().id();
        found.add(new Drift(
                finding,
                resource.resource(),
                resource.resource().datasets().first(),
                principal == null ? null : principal.text(),
                researcher,
                principal == null ? null : recorded.getOrDefault(id, Map.of()).get(principal),
                reasons,
                cure));
    }
}

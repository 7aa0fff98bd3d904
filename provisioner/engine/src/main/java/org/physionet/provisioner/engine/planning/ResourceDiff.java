package org.physionet.provisioner.engine.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.guards.Cause;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.ResourceRecord;

/**
 * Desired against actual at one resource: what stays, what should change and why, before any guard. CONTRACT, "What the
 * engine may touch", is decided here.
 */
final class ResourceDiff {
    private final Situation situation;
    private final Resource resource;
    private final Observation observation;
    private final Map<Principal, EdgeRecord> recorded;
    private final Departures departures;
    private final boolean orphan;

    private final SortedMap<Principal, List<Holding>> kept = new TreeMap<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Candidate> forbidden = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ResourceDiff(
            Situation situation,
            Resource resource,
            Observation observation,
            Map<Principal, EdgeRecord> recorded,
            @Nullable Causes causes,
            boolean orphan) {
        this.situation = situation;
        this.resource = resource;
        this.observation = observation;
        this.recorded = recorded;
        this.orphan = orphan;
        this.departures = new Departures(situation, resource, causes);
    }

    /** The result: candidates are what the mode allows. */
    record Diff(ResourcePlan plan, List<Candidate> candidates, List<Candidate> forbidden) {}

    Diff compute() {
        @Nullable ResourceRecord known = situation.record().resources().get(resource.id());
        boolean readersBefore = !observation.owned().isEmpty() || observation.marked();
        boolean awaits = known == null ? readersBefore : known.awaitsAdoption();
        Mode mode = awaits ? Mode.OBSERVE : resource.mode();
        if (awaits) {
            notes.add("already has " + observation.owned().size()
                    + " readers and is not in the record yet: observed only, until `adopt " + resource.id() + "`");
        }
        SortedMap<Principal, List<Holding>> desired = desired();
        SortedSet<Principal> all = new TreeSet<>(desired.keySet());
        all.addAll(observation.owned().keySet());
        for (Principal principal : all) {
            decide(principal, desired.get(principal), mode);
        }
        long moving = kept.keySet().stream().filter(this::isEarlier).count();
        if (moving > 0) {
            notes.add(Counted.of(moving, "reader") + " by a layout that the resource had before: let in by layout "
                    + resource.layout() + " first, then taken out of the other");
        }
        ResourcePlan plan = new ResourcePlan(
                resource,
                mode,
                observation,
                kept,
                List.of(),
                forbidden.stream().map(Candidate::change).sorted().toList(),
                awaits,
                notes);
        return new Diff(plan, candidates, forbidden);
    }

    /** Empty where nothing new may be granted: an orphan, or no trusted source. */
    private SortedMap<Principal, List<Holding>> desired() {
        if (orphan) {
            notes.add(
                    situation.scope().emptied()
                            ? "no longer in the catalog or the source: its readers go, as somebody decided"
                            : "no longer in the catalog or the source: frozen, only blocks apply");
            return new TreeMap<>();
        }
        if (!situation.trusted()) {
            return new TreeMap<>();
        }
        String identityKind = situation.identityKinds().getOrDefault(resource.provider(), "");
        return Desired.at(resource, identityKind, situation);
    }

    private boolean isEarlier(Principal principal) {
        LiveEdge live = observation.owned().get(principal);
        return live != null && live.earlier();
    }

    private void decide(Principal principal, @Nullable List<Holding> entitled, Mode mode) {
        LiveEdge live = observation.owned().get(principal);
        if (resource.keep().contains(principal)) {
            if (live != null) {
                kept.put(principal, entitled == null ? List.of() : entitled);
            }
        } else if (live == null) {
            if (entitled != null) {
                grant(principal, entitled, mode, !observation.owned().isEmpty());
            }
        } else if (entitled != null && !live.dead()) {
            kept.put(principal, entitled);
            if (live.earlier()) {
                // They read already: whoever else comes in, this lets in nobody.
                grant(principal, entitled, mode, false);
            }
        } else {
            leave(live, mode);
        }
    }

    private void grant(Principal principal, List<Holding> holdings, Mode mode, boolean intoHeld) {
        boolean paused = holdings.stream().allMatch(h -> paused(h.dataset()));
        if (situation.record().holdsUnknown() || paused) {
            return;
        }
        Holding first = holdings.getFirst();
        Change change = new Change(
                Action.GRANT,
                first.researcher(),
                first.dataset(),
                resource.id(),
                principal,
                departures.waived(first),
                latestEnd(holdings),
                holdings);
        Cause cause = intoHeld ? departures.causeOfAdmission(first) : Cause.NONE;
        Candidate candidate = new Candidate(change, cause, intoHeld);
        (mode == Mode.OBSERVE ? forbidden : candidates).add(candidate);
    }

    private static @Nullable Instant latestEnd(List<Holding> holdings) {
        Instant latest = null;
        for (Holding holding : holdings) {
            if (holding.expiresAt() == null) {
                return null;
            }
            if (latest == null || holding.expiresAt().isAfter(latest)) {
                latest = holding.expiresAt();
            }
        }
        return latest;
    }

    /** Nobody is entitled to this live entry: say why, and whether it may go. */
    private void leave(LiveEdge live, Mode mode) {
        Principal principal = live.principal();
        @Nullable EdgeRecord edge = recorded.get(principal);
        boolean blocked = Desired.blocked(principal, resource, situation);
        boolean knownEnd = edge != null && ended(edge);
        List<Holding> before = edge == null ? List.of() : edge.holdings();
        boolean fit = situation.trusted() || knownEnd || live.dead();
        boolean frozen = orphan && !situation.scope().emptied();
        if (!blocked && (frozen || !fit)) {
            kept.put(principal, before);
            return;
        }
        Departures.Departure departure = departure(live, before, blocked, knownEnd);
        if (departure.frozen() != null) {
            kept.put(principal, before);
            notes.add(principal + " is left as it is: " + departure.frozen());
            return;
        }
        DatasetId dataset = departure.dataset();
        if (!blocked && !knownEnd && !live.dead() && paused(dataset)) {
            kept.put(principal, before);
            notes.add(principal + " is left as it is: paused");
            return;
        }
        Change change = new Change(
                Action.REVOKE,
                departure.researcher(),
                dataset,
                resource.id(),
                principal,
                departure.reasons(),
                null,
                before);
        boolean may = switch (mode) {
            case OBSERVE -> false;
            case GRANT -> blocked || edge != null && !edge.adopted();
            case ENFORCE -> true;
        };
        (may ? candidates : forbidden).add(new Candidate(change, departure.cause(), false));
        if (!may) {
            kept.put(principal, before);
        }
    }

    private boolean paused(DatasetId dataset) {
        return situation.record().pauses().stream().anyMatch(p -> p.covers(resource.provider(), dataset));
    }

    private Departures.Departure departure(LiveEdge live, List<Holding> before, boolean blocked, boolean knownEnd) {
        if (blocked) {
            return departures.blocked(live.principal(), before);
        }
        if (live.dead()) {
            return departures.dead(live.principal(), before);
        }
        if (orphan) {
            return departures.abandoned(live.principal(), before);
        }
        return situation.trusted() ? departures.of(live.principal(), before, knownEnd) : departures.knownEnd(before);
    }

    /** Every entitlement behind it had an end that was known in advance, and it has passed. */
    private boolean ended(EdgeRecord edge) {
        return !edge.holdings().isEmpty()
                && edge.holdings().stream()
                        .allMatch(h -> h.expiresAt() != null && h.expiresAt().isBefore(situation.at()));
    }

    static @Nullable ResearcherId personOf(List<Holding> holdings) {
        return holdings.isEmpty() ? null : holdings.getFirst().researcher();
    }
}

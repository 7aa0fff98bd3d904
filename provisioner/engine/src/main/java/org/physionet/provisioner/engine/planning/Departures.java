package org.physionet.provisioner.engine.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.guards.Cause;
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;

/** Why somebody goes, whose entry it is, and what a guard should make of it. */
final class Departures {
    private final Situation situation;
    private final Resource resource;
    private final @Nullable Causes causes;

    Departures(Situation situation, Resource resource, @Nullable Causes causes) {
        this.situation = situation;
        this.resource = resource;
        this.causes = causes;
    }

    /** @param frozen why nothing may be done, or null */
    record Departure(
            @Nullable ResearcherId researcher,
            DatasetId dataset,
            List<String> reasons,
            Cause cause,
            @Nullable String frozen) {}

    Departure blocked(Principal principal, List<Holding> before) {
        ResearcherId person = situation.links().holdersOf(principal).stream()
                .findFirst()
                .orElseGet(() -> knownHolder(principal, before));
        return new Departure(person, firstDataset(before), List.of(Reason.BLOCKED.code()), Cause.NONE, null);
    }

    Departure knownEnd(List<Holding> before) {
        return new Departure(
                ResourceDiff.personOf(before), firstDataset(before), List.of("known_end"), Cause.NONE, null);
    }

    /**
     * Whoever it was, a deleted account reads nothing: its removal is tidying, not somebody's loss, so no guard holds it. Left
     * there it would have every write of its document refused (facts/aws.md A2.1), other people's revocations too.
     */
    Departure dead(Principal principal, List<Holding> before) {
        ResearcherId person = situation.links().holdersOf(principal).stream()
                .findFirst()
                .orElseGet(() -> knownHolder(principal, before));
        return new Departure(person, firstDataset(before), List.of("dead_principal"), Cause.NONE, null);
    }

    /** The dataset or the resource is no longer there to be entitled to, and a person has decided that its readers go. */
    Departure abandoned(Principal principal, List<Holding> before) {
        ResearcherId person = situation.links().holdersOf(principal).stream()
                .findFirst()
                .orElseGet(() -> knownHolder(principal, before));
        return new Departure(
                person, firstDataset(before), List.of("orphan"), Cause.ofPeople("orphan " + resource.id()), null);
    }

    /** With a trusted source: by everybody who links the identity, or once did. */
    Departure of(Principal principal, List<Holding> before, boolean knownEnd) {
        SortedSet<ResearcherId> linking = situation.links().holdersOf(principal);
        if (!linking.isEmpty()) {
            return ofLinked(linking, knownEnd);
        }
        ResearcherId once = knownHolder(principal, before);
        if (once == null) {
            return new Departure(
                    null,
                    resource.datasets().first(),
                    List.of("unknown_principal"),
                    Cause.ofPeople("unknown to the source at " + resource.id()),
                    null);
        }
        return ofUnlinked(once, knownEnd);
    }

    private Departure ofLinked(SortedSet<ResearcherId> linking, boolean knownEnd) {
        Departure first = null;
        for (ResearcherId person : linking) {
            Departure departure = ofEntitlement(person, knownEnd);
            if (departure.frozen() != null) {
                return departure;
            }
            first = first == null ? departure : first;
        }
        return java.util.Objects.requireNonNull(first);
    }

    private Departure ofEntitlement(ResearcherId person, boolean knownEnd) {
        Standing standing = java.util.Objects.requireNonNull(situation.standing());
        Integer n = java.util.Objects.requireNonNull(standing.population().number(person));
        DatasetId decisive = resource.datasets().first();
        TreeSet<String> reasons = new TreeSet<>();
        Cause cause = Cause.NONE;
        for (DatasetId id : resource.datasets()) {
            Dataset dataset = java.util.Objects.requireNonNull(
                    standing.population().snapshot().datasets().get(id));
            Decision decision = standing.decision(n, dataset);
            if (decision.frozen() != null) {
                return new Departure(person, id, List.of(), Cause.NONE, decision.frozen());
            }
            if (!decision.allowed()) {
                if (reasons.isEmpty()) {
                    decisive = id;
                    decision.reasons().forEach(r -> reasons.add(r.code()));
                    cause = knownEnd ? Cause.NONE : causeOfLoss(n, dataset, new ArrayList<>(reasons));
                }
            }
        }
        return new Departure(person, decisive, List.copyOf(reasons), cause, null);
    }

    private Cause causeOfLoss(int person, Dataset dataset, List<String> reasons) {
        Standing standing = java.util.Objects.requireNonNull(situation.standing());
        Researcher researcher = standing.population().person(person);
        Cause line = catalogLine(researcher, true);
        return line.counted() || causes == null ? line : causes.ofRevocation(researcher, dataset, reasons);
    }

    private Departure ofUnlinked(ResearcherId person, boolean knownEnd) {
        Standing standing = java.util.Objects.requireNonNull(situation.standing());
        DatasetId dataset = resource.datasets().first();
        if (standing.population().number(person) == null) {
            return new Departure(
                    person,
                    dataset,
                    List.of("left_source"),
                    knownEnd ? Cause.NONE : Cause.ofPeople("left_source"),
                    null);
        }
        Departure entitlement = ofEntitlement(person, knownEnd);
        if (entitlement.frozen() != null || !entitlement.reasons().isEmpty()) {
            return entitlement;
        }
        String kind = situation.identityKinds().getOrDefault(resource.provider(), "");
        String unreadable = situation.links().unreadable(person, kind);
        if (unreadable != null) {
            return new Departure(
                    person,
                    dataset,
                    List.of(),
                    Cause.NONE,
                    "researcher " + person + " links a " + kind + " account that can not be read, " + unreadable);
        }
        boolean replaced =
                situation.links().of(person).stream().anyMatch(p -> p.kind().equals(kind));
        return replaced
                ? new Departure(person, dataset, List.of("superseded_identity"), Cause.NONE, null)
                : new Departure(
                        person,
                        dataset,
                        List.of("account_unlinked"),
                        knownEnd ? Cause.NONE : Cause.ofPeople("account_unlinked"),
                        null);
    }

    /** Whose identity it was, by the record: its edge's holder, else whoever once linked it. */
    private @Nullable ResearcherId knownHolder(Principal principal, List<Holding> before) {
        ResearcherId holder = ResourceDiff.personOf(before);
        return holder != null ? holder : situation.onceLinked().get(principal);
    }

    private DatasetId firstDataset(List<Holding> before) {
        return before.stream()
                .map(Holding::dataset)
                .filter(resource.datasets()::contains)
                .findFirst()
                .orElse(resource.datasets().first());
    }

    /** What a guard should make of letting this holder into a resource that already has holders. */
    Cause causeOfAdmission(Holding holding) {
        Standing standing = java.util.Objects.requireNonNull(situation.standing());
        Integer n = standing.population().number(holding.researcher());
        Dataset dataset = standing.population().snapshot().datasets().get(holding.dataset());
        if (n == null || dataset == null || holding.basis() == Basis.EXCEPTION) {
            return Cause.NONE;
        }
        Researcher researcher = standing.population().person(n);
        Cause line = catalogLine(researcher, false);
        return line.counted() || causes == null ? line : causes.ofAdmission(researcher, dataset);
    }

    /** The catalog line is the cause if, with the people as they are, the old line would have decided otherwise. */
    private Cause catalogLine(Researcher researcher, boolean desiredBefore) {
        String key = Facts.resource(resource.id());
        SortedMap<String, String> baseline = situation.record().baseline();
        String before = baseline.get(key);
        String now = Facts.line(resource);
        if (now.equals(before)) {
            return Cause.NONE;
        }
        boolean wasDesired = before != null && entitled(researcher, Facts.withLine(resource, before));
        return wasDesired == desiredBefore
                ? Cause.ofFact(key, Facts.describe(key, before == null ? "" : before, now))
                : Cause.NONE;
    }

    private boolean entitled(Researcher researcher, Resource line) {
        Standing standing = java.util.Objects.requireNonNull(situation.standing());
        Map<DatasetId, Dataset> datasets = standing.population().snapshot().datasets();
        java.util.function.Predicate<DatasetId> allowed = id -> {
            Dataset dataset = datasets.get(id);
            return dataset != null
                    && standing.pairwise()
                            .decide(researcher, dataset, standing.at())
                            .allowed();
        };
        return line.admits() == Resource.Admits.ALL
                ? line.datasets().stream().allMatch(allowed)
                : line.datasets().stream().anyMatch(allowed);
    }

    /** What an exception waives, shown with its grant. */
    List<String> waived(Holding holding) {
        if (holding.basis() != Basis.EXCEPTION) {
            return List.of();
        }
        Standing standing = java.util.Objects.requireNonNull(situation.standing());
        Integer n = standing.population().number(holding.researcher());
        Dataset dataset = standing.population().snapshot().datasets().get(holding.dataset());
        return n == null || dataset == null
                ? List.of()
                : standing.decision(n, dataset).reasons().stream()
                        .map(Reason::code)
                        .toList();
    }
}

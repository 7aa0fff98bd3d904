package org.physionet.provisioner.engine.planning;

import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.guards.Cause;
import org.physionet.provisioner.engine.guards.Claim;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.guards.Guards;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.Quarantined;

/** {@code plan(desired, observed, limits, guards) → Plan}: pure; same situation, same plan, byte for byte. */
public final class Planner {
    private final Situation situation;
    private final Map<ResourceId, Map<Principal, EdgeRecord>> recorded = new HashMap<>();
    private final @Nullable Causes causes;

    private Planner(Situation situation) {
        this.situation = situation;
        for (EdgeRecord edge : situation.record().edges()) {
            recorded.computeIfAbsent(edge.resource(), r -> new HashMap<>()).put(edge.principal(), edge);
        }
        this.causes = situation.standing() == null
                ? null
                : new Causes(
                        situation.standing(),
                        situation.facts(),
                        situation.record().baseline());
    }

    public static Plan plan(Situation situation) {
        return new Planner(situation).plan();
    }

    private Plan plan() {
        List<ResourceDiff.Diff> diffs = new ArrayList<>();
        List<ResourcePlan> unseen = new ArrayList<>();
        boolean marks = false;
        for (boolean orphan : new boolean[] {false, true}) {
            for (Resource resource : orphan ? situation.orphans() : situation.resources()) {
                if (!situation.scope().covers(resource)) {
                    continue;
                }
                switch (situation.observed().get(resource.id())) {
                    case Observed.Seen seen -> {
                        marks |= seen.observation().marked();
                        diffs.add(new ResourceDiff(
                                        situation,
                                        resource,
                                        seen.observation(),
                                        recorded.getOrDefault(resource.id(), Map.of()),
                                        causes,
                                        orphan)
                                .compute());
                    }
                    case Observed.NotSeen notSeen ->
                        unseen.add(unseen(resource, notSeen.why().reason()));
                    case null -> unseen.add(unseen(resource, "not observed"));
                }
            }
        }
        Optional<String> refusal = marks && situation.record().resources().isEmpty()
                ? Optional.of("the record is empty, but the clouds carry this engine's own marks: run `adopt` first")
                : Optional.empty();
        return assemble(diffs, unseen, refusal);
    }

    private static ResourcePlan unseen(Resource resource, String why) {
        return new ResourcePlan(
                resource,
                resource.mode(),
                null,
                Collections.emptySortedMap(),
                List.of(),
                List.of(),
                false,
                List.of("not observed: " + why));
    }

    private Plan assemble(List<ResourceDiff.Diff> diffs, List<ResourcePlan> unseen, Optional<String> refusal) {
        List<Candidate> candidates = new ArrayList<>();
        Map<Change, Cause> causeOf = new HashMap<>();
        for (ResourceDiff.Diff diff : diffs) {
            diff.candidates().stream().filter(c -> inScope(c.change())).forEach(candidates::add);
            for (List<Candidate> list : List.of(diff.candidates(), diff.forbidden())) {
                list.stream().filter(c -> c.cause().counted()).forEach(c -> causeOf.put(c.change(), c.cause()));
            }
        }
        List<Change> waiting = new ArrayList<>();
        Set<Principal> quarantined = quarantinedNow();
        candidates.removeIf(c -> c.change().action() == Action.GRANT
                && quarantined.contains(c.change().principal())
                && waiting.add(c.change()));

        Map<Candidate, Claim> claims = new HashMap<>();
        candidates.stream().filter(c -> c.cause().counted()).forEach(c -> claims.put(c, claim(c)));
        Guards guards = new Guards(
                situation.limits(), holders(diffs), situation.record().cases(), situation.at());
        // What is paused claims nothing: a case that it leaves out is not settled by that.
        boolean complete = situation.scope().everything()
                && situation.trusted()
                && unseen.isEmpty()
                && situation.record().pauses().isEmpty();
        Guards.Verdict verdict =
                guards.judge(claims.values().stream().distinct().toList(), complete);
        Map<String, String> causeTexts = new HashMap<>();
        situation.record().cases().forEach(c -> causeTexts.put(c.id(), c.cause()));
        verdict.cases().forEach(c -> causeTexts.put(c.id(), c.cause()));

        List<Change> changes = new ArrayList<>();
        List<Plan.Guarded> guarded = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Claim claim = claims.get(candidate);
            String caseId = claim == null ? null : verdict.caseOf().get(claim);
            if (caseId == null) {
                changes.add(candidate.change());
            } else {
                guarded.add(new Plan.Guarded(candidate.change(), caseId, causeTexts.getOrDefault(caseId, "")));
            }
        }
        changes.sort(null);
        guarded.sort(java.util.Comparator.comparing(Plan.Guarded::change));
        waiting.sort(null);
        return new Plan(
                situation.at(),
                resources(diffs, unseen, changes, guarded),
                changes,
                guarded,
                waiting,
                situation.trusted() ? verdict.cases() : List.of(),
                verdict.opened(),
                causeOf,
                refusal,
                Fingerprint.of(changes),
                notes());
    }

    private boolean inScope(Change change) {
        Scope scope = situation.scope();
        ResearcherId wanted = scope.researcher();
        boolean person = wanted == null
                || wanted.equals(change.researcher())
                || situation.links().holdersOf(change.principal()).contains(wanted)
                || situation
                        .record()
                        .identities()
                        .getOrDefault(wanted, Collections.emptySortedSet())
                        .contains(change.principal());
        return person && (scope.principal() == null || scope.principal().equals(change.principal()));
    }

    private Set<Principal> quarantinedNow() {
        Set<Principal> waiting = new HashSet<>();
        for (Quarantined entry : situation.record().quarantine()) {
            if (entry.retryAt().isAfter(situation.at())) {
                waiting.add(entry.principal());
            }
        }
        return waiting;
    }

    private static Claim claim(Candidate candidate) {
        Change change = candidate.change();
        return new Claim(
                change.action() == Action.REVOKE ? GuardCase.Kind.REVOCATIONS : GuardCase.Kind.ADMISSIONS,
                new GuardCase.Member(change.person(), change.dataset()),
                change.resource(),
                candidate.cause());
    }

    /** Who holds each dataset now: people with a live entry at one of its resources. */
    private Map<DatasetId, Integer> holders(List<ResourceDiff.Diff> diffs) {
        Map<DatasetId, Set<String>> people = new HashMap<>();
        for (ResourceDiff.Diff diff : diffs) {
            Observation observation = diff.plan().observation();
            if (observation == null) {
                continue;
            }
            for (Principal principal : observation.owned().keySet()) {
                String person = personOf(principal);
                diff.plan()
                        .resource()
                        .datasets()
                        .forEach(d ->
                                people.computeIfAbsent(d, k -> new HashSet<>()).add(person));
            }
        }
        Map<DatasetId, Integer> counts = new HashMap<>();
        people.forEach((dataset, set) -> counts.put(dataset, set.size()));
        return counts;
    }

    private String personOf(Principal principal) {
        SortedSet<ResearcherId> linking = situation.links().holdersOf(principal);
        if (!linking.isEmpty()) {
            return linking.first().value();
        }
        ResearcherId once = situation.onceLinked().get(principal);
        return once == null ? principal.text() : once.value();
    }

    private List<ResourcePlan> resources(
            List<ResourceDiff.Diff> diffs,
            List<ResourcePlan> unseen,
            List<Change> changes,
            List<Plan.Guarded> guarded) {
        Map<ResourceId, List<Change>> changesAt = new HashMap<>();
        changes.forEach(c ->
                changesAt.computeIfAbsent(c.resource(), r -> new ArrayList<>()).add(c));
        Map<ResourceId, SortedMap<Principal, List<Holding>>> heldAt = new HashMap<>();
        for (Plan.Guarded held : guarded) {
            if (held.change().action() == Action.REVOKE) {
                heldAt.computeIfAbsent(held.change().resource(), r -> new TreeMap<>())
                        .put(held.change().principal(), held.change().holdings());
            }
        }
        List<ResourcePlan> plans = new ArrayList<>(unseen);
        for (ResourceDiff.Diff diff : diffs) {
            ResourceId id = diff.plan().resource().id();
            SortedMap<Principal, List<Holding>> kept = new TreeMap<>(diff.plan().kept());
            kept.putAll(heldAt.getOrDefault(id, Collections.emptySortedMap()));
            plans.add(diff.plan().withChanges(changesAt.getOrDefault(id, List.of()), kept));
        }
        plans.sort(java.util.Comparator.comparing(ResourcePlan::resource));
        return plans;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(situation.links().problems());
        situation.sourceTrouble().ifPresent(notes::add);
        situation
                .links()
                .shared()
                .forEach((principal, people) ->
                        notes.add(principal + " is linked by several researchers: " + new TreeSet<>(people)));
        situation
                .record()
                .pauses()
                .forEach(p -> notes.add("paused, " + p.scope() + ", since " + p.madeAt()
                        + ": nobody is let in, and only blocks" + " and known ends take access away (" + p.id() + ")"));
        if (situation.record().holdsUnknown()) {
            notes.add("holds are not known to be complete after a rebuild: nothing is granted");
        }
        return notes;
    }
}

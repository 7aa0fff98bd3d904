package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.planning.Situation;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.Store;

/** Takes what is there into the record; changes nothing in a cloud. Says of each entry whose it is and what a run would do. */
public final class Adoption {
    private final Site site;
    private final Reconciler reconciler;

    public Adoption(Site site, Reconciler reconciler) {
        this.site = site;
        this.reconciler = reconciler;
    }

    /** What an entry is. */
    public enum Entry {
        ENTITLED,
        NOT_ENTITLED,
        SUPERSEDED,
        UNKNOWN
    }

    /**
     * One entry found.
     *
     * @param researcher whose it is; null for {@code UNKNOWN}
     * @param reasons why not entitled: reason codes, {@code superseded_identity}, {@code unknown_principal} …
     */
    public record Line(
            ResourceId resource,
            DatasetId dataset,
            Principal principal,
            @Nullable ResearcherId researcher,
            Entry standing,
            List<String> reasons) {}

    /** @param problems resources that could not be read, or are somebody else's at the moment, one sentence each */
    public record Report(RunId run, List<Line> lines, List<ResourceId> adopted, List<String> problems) {}

    /** @param only one resource; null: every resource in the catalog and the source */
    public Report adopt(SourceReading reading, @Nullable ResourceId only, String actor, @Nullable String onBehalfOf) {
        Store store = site.store();
        RunId run = new RunId(site.ids().next("run"));
        Instant began = site.clock().instant();
        store.beginRun(new RunRecord(run, "adopt", actor, onBehalfOf, began, null, null));
        Scope scope = new Scope(null, null, null, null, only);
        try (Turns turns = new Turns(site, reconciler, run)) {
            Report report = adopt(reading, scope, run, began, turns);
            store.finishRun(run, turns.fingerprint(), end(report.lines(), report.problems()));
            return report;
        }
    }

    private Report adopt(SourceReading reading, Scope scope, RunId run, Instant began, Turns turns) {
        Store store = site.store();
        Reconciler.Preview preview = turns.preview(reading, scope);
        if (preview.situation().standing() != null) {
            store.remember(
                    began,
                    preview.situation()
                            .standing()
                            .population()
                            .snapshot()
                            .researchers()
                            .values(),
                    preview.situation().links().byPerson());
            store.rememberNames(began, Aliases.inSource(reading, site.clouds().identityKinds()));
        }
        if (preview.plan().refusal().isPresent()) {
            // A lost record: holds are not in the clouds, so nothing is granted until somebody says that they are
            // complete.
            store.holdsAreUnknown(run.value(), "adopted without a record", began);
        }
        List<Line> lines = new ArrayList<>();
        List<ResourceId> adopted = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ResourcePlan resource : preview.plan().resources()) {
            Observation observation = resource.observation();
            if (observation == null) {
                problems.add(resource.resource().id() + ": " + String.join("; ", resource.notes()));
                continue;
            }
            List<Line> own = lines(resource, observation, preview.situation(), preview.plan());
            Optional<String> refused = turns.record(
                    resource.resource(),
                    journal -> journal.adopt(resource, observation, true, edges(resource, observation), false));
            if (refused.isPresent()) {
                problems.add(refused.get());
                continue;
            }
            lines.addAll(own);
            adopted.add(resource.resource().id());
        }
        return new Report(run, lines, adopted, problems);
    }

    /** Takes one entry into the record as it stands, with whose it is; the resource's wait for adoption, if any, goes on. */
    public Report adoptEntry(
            SourceReading reading,
            ResourceId resource,
            Principal principal,
            String trigger,
            String actor,
            @Nullable String onBehalfOf) {
        Store store = site.store();
        RunId run = new RunId(site.ids().next("run"));
        store.beginRun(
                new RunRecord(run, trigger, actor, onBehalfOf, site.clock().instant(), null, null));
        try (Turns turns = new Turns(site, reconciler, run)) {
            Report report = adoptEntry(reading, resource, principal, run, turns);
            store.finishRun(run, turns.fingerprint(), end(report.lines(), report.problems()));
            return report;
        }
    }

    private static Report adoptEntry(
            SourceReading reading, ResourceId resource, Principal principal, RunId run, Turns turns) {
        Reconciler.Preview preview = turns.preview(reading, new Scope(null, null, null, null, resource));
        List<Line> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ResourcePlan plan : preview.plan().resources()) {
            Observation observation = plan.observation();
            if (observation == null) {
                problems.add(resource + ": " + String.join("; ", plan.notes()));
            } else if (!observation.owned().containsKey(principal)) {
                problems.add(resource + ": " + principal + " is no longer there");
            } else {
                List<Store.AdoptedEdge> entry = edges(plan, observation).stream()
                        .filter(edge -> edge.principal().equals(principal))
                        .toList();
                Optional<String> refused = turns.record(
                        plan.resource(),
                        journal -> journal.adopt(plan, observation, plan.awaitsAdoption(), entry, true));
                if (refused.isPresent()) {
                    problems.add(refused.get());
                    continue;
                }
                lines(plan, observation, preview.situation(), preview.plan()).stream()
                        .filter(line -> line.principal().equals(principal))
                        .forEach(lines::add);
            }
        }
        return new Report(run, lines, List.of(), problems);
    }

    private RunRecord.End end(List<Line> lines, List<String> problems) {
        SortedMap<String, Integer> summary = new TreeMap<>();
        lines.forEach(l -> summary.merge(l.standing().name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum));
        return new RunRecord.End(
                site.clock().instant(), problems.isEmpty() ? 0 : 1, Map.of(), Map.of(), summary, problems);
    }

    private static List<Store.AdoptedEdge> edges(ResourcePlan resource, Observation observation) {
        return observation.owned().keySet().stream()
                .map(p -> new Store.AdoptedEdge(p, resource.kept().getOrDefault(p, List.<Holding>of())))
                .toList();
    }

    private static List<Line> lines(ResourcePlan resource, Observation observation, Situation situation, Plan plan) {
        Map<Principal, Change> leaving = new TreeMap<>();
        List<Change> all = new ArrayList<>(resource.changes());
        all.addAll(resource.wouldChange());
        plan.guarded().forEach(g -> all.add(g.change()));
        all.stream()
                .filter(c -> c.action() == Action.REVOKE
                        && c.resource().equals(resource.resource().id()))
                .forEach(c -> leaving.put(c.principal(), c));
        List<Line> lines = new ArrayList<>();
        for (LiveEdge live : observation.owned().values()) {
            Change change = leaving.get(live.principal());
            lines.add(change == null ? staying(resource, live, situation) : leaving(resource, live, change));
        }
        return lines;
    }

    private static Line leaving(ResourcePlan resource, LiveEdge live, Change change) {
        Entry standing = change.researcher() == null
                ? Entry.UNKNOWN
                : change.reasons().contains("superseded_identity") ? Entry.SUPERSEDED : Entry.NOT_ENTITLED;
        return new Line(
                resource.resource().id(),
                change.dataset(),
                live.principal(),
                change.researcher(),
                standing,
                change.reasons());
    }

    /** Entitled, kept by the catalog, or frozen. */
    private static Line staying(ResourcePlan resource, LiveEdge live, Situation situation) {
        SortedSet<ResearcherId> linking = situation.links().holdersOf(live.principal());
        ResearcherId person = linking.isEmpty() ? situation.onceLinked().get(live.principal()) : linking.first();
        List<Holding> holdings = resource.kept().getOrDefault(live.principal(), List.of());
        DatasetId dataset = resource.resource().datasets().first();
        if (!holdings.isEmpty()) {
            return new Line(
                    resource.resource().id(),
                    dataset,
                    live.principal(),
                    holdings.getFirst().researcher(),
                    Entry.ENTITLED,
                    List.of());
        }
        boolean kept = resource.resource().keep().contains(live.principal());
        return new Line(
                resource.resource().id(),
                dataset,
                live.principal(),
                person,
                person == null ? Entry.UNKNOWN : Entry.NOT_ENTITLED,
                kept ? List.of("keep") : reasons(person, dataset, situation));
    }

    private static List<String> reasons(@Nullable ResearcherId person, DatasetId id, Situation situation) {
        Standing standing = situation.standing();
        Integer n = person == null || standing == null
                ? null
                : standing.population().number(person);
        var dataset = standing == null
                ? null
                : standing.population().snapshot().datasets().get(id);
        if (standing == null || n == null || dataset == null) {
            return List.of();
        }
        Decision decision = standing.decision(n, dataset);
        return decision.frozen() != null
                ? List.of("frozen")
                : decision.reasons().stream().map(Reason::code).toList();
    }
}

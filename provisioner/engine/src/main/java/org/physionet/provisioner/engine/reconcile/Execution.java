package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.guards.SourceHealth;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Situation;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.Store;

/** One plan being carried out, and what of it goes into the record. */
final class Execution {
    private final Site site;
    private final RunId run;
    private final Patience patience;
    private final Aliases aliases;
    private final Vacancies vacancies;
    private final Supplier<@Nullable Lease> whole;
    private final List<ResourceResult> results = Collections.synchronizedList(new ArrayList<>());
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param vacancies as they were before the plan's resources were looked at
     * @param whole the lease of the one run of everything as it is now; null: this is none
     */
    Execution(
            Site site,
            RunId run,
            Patience patience,
            Aliases aliases,
            Vacancies vacancies,
            Supplier<@Nullable Lease> whole) {
        this.vacancies = vacancies;
        this.whole = whole;
        this.site = site;
        this.run = run;
        this.patience = patience;
        this.aliases = aliases;
    }

    RunReport execute(RunRequest request, SourceReading reading, Reconciler.Preview preview) {
        Plan plan = preview.plan();
        Situation situation = preview.situation();
        Store store = site.store();
        Refusals refusals = new Refusals(site.clock(), situation.record());
        plan.resources().stream()
                .filter(r -> r.observation() == null)
                .forEach(r -> problems.add(r.resource().id() + ": " + String.join("; ", r.notes())));
        if (plan.refusal().isEmpty()) {
            Bookkeeping books = new Bookkeeping(store, run, situation, vacancies);
            Set<ResourceId> unknown = new HashSet<>();
            for (ResourcePlan resource : plan.resources()) {
                ResourceId id = resource.resource().id();
                if (!books.witness(resource, plan)
                        && !situation.record().resources().containsKey(id)) {
                    unknown.add(id);
                }
            }
            Collection<GuardCase> before = situation.record().cases();
            store.putCases(plan.cases(), before, run.value(), "planned", plan.at());
            carryOut(request, plan, situation, refusals, unknown);
            if (situation.sourceTrouble().isEmpty() && reading instanceof SourceReading.Read read) {
                store.sourceSeen(SourceHealth.count(read.snapshot()));
            }
            Set<Change> open = openChanges(plan);
            settle(books, plan, open);
            store.putCases(
                    Releases.usedUp(plan, situation, open),
                    Releases.asPlanned(plan, situation),
                    run.value(),
                    "made",
                    patience.now());
        }
        return report(reading, plan, situation, refusals);
    }

    private void settle(Bookkeeping books, Plan plan, Set<Change> open) {
        try {
            books.settle(plan, open, whole.get());
        } catch (LeaseLostException e) {
            problems.add(
                    "another run of everything has begun since: what this one learned of requirements is not recorded");
        }
    }

    /** @param unknown resources of which nothing could be recorded yet, so that no change can be either */
    private void carryOut(
            RunRequest request, Plan plan, Situation situation, Refusals refusals, Set<ResourceId> unknown) {
        SortedMap<String, List<ResourcePlan>> byProvider = new TreeMap<>();
        for (ResourcePlan resource : plan.resources()) {
            ResourcePlan approved = approvedPart(resource, request);
            if (unknown.contains(resource.resource().id())) {
                if (!approved.changes().isEmpty()) {
                    results.add(left(
                            approved,
                            resource.resource().id()
                                    + ": another instance is working on it; the next run tries again"));
                }
            } else if (!approved.changes().isEmpty() || request.upkeep() && upkeepDue(approved, situation)) {
                byProvider
                        .computeIfAbsent(resource.resource().provider(), p -> new ArrayList<>())
                        .add(approved);
            }
        }
        List<Runnable> lanes = new ArrayList<>();
        byProvider.forEach((provider, resources) -> {
            resources.sort(java.util.Comparator.comparing(Execution::onlyGrants).thenComparing(ResourcePlan::resource));
            lanes.add(() -> resources.forEach(r -> carryOut(r, request.upkeep(), situation, refusals)));
        });
        site.lanes().run(lanes);
    }

    private boolean upkeepDue(ResourcePlan plan, Situation situation) {
        Adapter adapter = site.clouds().adapters().get(plan.resource().provider());
        return adapter != null
                && plan.observation() != null
                && !Upkeep.writes(
                                plan,
                                adapter,
                                plan.observation(),
                                List.of(),
                                aliases::name,
                                Survey.placesOf(plan.resource(), situation.record()))
                        .isEmpty();
    }

    private static boolean onlyGrants(ResourcePlan plan) {
        return plan.changes().stream().allMatch(c -> c.action() == Action.GRANT);
    }

    private static ResourcePlan approvedPart(ResourcePlan plan, RunRequest request) {
        if (request.onlyThese().isEmpty()) {
            return plan;
        }
        Set<RunRequest.Approved> approved = request.onlyThese().get();
        return new ResourcePlan(
                plan.resource(),
                plan.mode(),
                plan.observation(),
                plan.kept(),
                plan.changes().stream()
                        .filter(c -> approved.contains(RunRequest.Approved.of(c)))
                        .toList(),
                plan.wouldChange(),
                plan.awaitsAdoption(),
                plan.notes());
    }

    private void carryOut(ResourcePlan plan, boolean upkeep, Situation situation, Refusals refusals) {
        Resource resource = plan.resource();
        Adapter adapter = site.clouds().adapters().get(resource.provider());
        if (adapter == null) {
            problems.add(resource.id() + ": " + resource.provider() + " is not configured");
            return;
        }
        if (patience.endsSoon()) {
            results.add(left(plan, resource.id() + ": not begun, because the run was to end; the next run does it"));
            return;
        }
        try {
            ResourceLeases leases = new ResourceLeases(site, run, patience);
            Optional<Journal> taken = leases.take(resource.id(), adapter, !onlyGrants(plan));
            if (taken.isEmpty()) {
                results.add(left(plan, leases.busy(resource.id())));
                return;
            }
            Journal journal = taken.get();
            try {
                results.add(new ResourceRun(
                                plan,
                                adapter,
                                Survey.placesOf(resource, situation.record()),
                                journal,
                                refusals,
                                new LateBlocks(site.store(), situation),
                                patience,
                                new Observer(patience, aliases))
                        .carryOut(upkeep));
            } finally {
                journal.release();
            }
        } catch (RuntimeException e) {
            results.add(left(plan, resource.id() + ": " + e));
        }
    }

    private static ResourceResult left(ResourcePlan plan, String why) {
        return new ResourceResult(
                plan.resource().id(),
                Set.of(),
                new HashSet<>(plan.changes()),
                List.of(),
                false,
                List.of(why),
                new TreeMap<>());
    }

    private Set<Change> openChanges(Plan plan) {
        Set<Change> open = new HashSet<>(plan.changes());
        results.forEach(r -> open.removeAll(r.proven()));
        return open;
    }

    private RunReport report(SourceReading reading, Plan plan, Situation situation, Refusals refusals) {
        results.sort(java.util.Comparator.comparing(ResourceResult::resource));
        results.forEach(r -> problems.addAll(r.problems()));
        plan.refusal().ifPresent(problems::add);
        Set<Change> quarantined = new HashSet<>();
        Set<Object> refused = new HashSet<>();
        refusals.ofThisRun().forEach(q -> refused.add(q.principal()));
        List<Change> open = new ArrayList<>();
        results.forEach(r -> open.addAll(r.open()));
        // A refusal excuses that somebody is not in, never that somebody is not out.
        open.stream()
                .filter(c -> c.action() == Action.GRANT && refused.contains(c.principal()))
                .forEach(quarantined::add);
        boolean unreadable = reading instanceof SourceReading.Unreadable;
        boolean failed = unreadable
                || plan.resources().stream().anyMatch(r -> r.observation() == null)
                || open.stream().anyMatch(c -> !quarantined.contains(c))
                || results.stream().anyMatch(ResourceResult::neglected);
        List<GuardCase> opened = plan.cases().stream()
                .filter(c -> plan.opened().contains(c.id()))
                .toList();
        boolean guarded = !opened.isEmpty()
                || situation.sourceTrouble().isPresent()
                || plan.refusal().isPresent();
        int exitCode = failed ? 1 : guarded ? 3 : refusals.fresh().isEmpty() ? 0 : 5;
        return new RunReport(
                run,
                plan,
                results.stream()
                        .map(ResourceResult::proven)
                        .flatMap(Collection::stream)
                        .sorted()
                        .toList(),
                open.stream().sorted().toList(),
                results.stream()
                        .map(ResourceResult::kept)
                        .flatMap(Collection::stream)
                        .toList(),
                refusals.fresh(),
                opened,
                situation.sourceTrouble(),
                Map.of(),
                Map.of(),
                List.copyOf(problems),
                Optional::empty,
                exitCode);
    }
}

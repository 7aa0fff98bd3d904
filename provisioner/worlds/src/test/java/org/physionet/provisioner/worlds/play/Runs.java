package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Adoption;
import org.physionet.provisioner.engine.reconcile.CallCounter;
import org.physionet.provisioner.engine.reconcile.Clouds;
import org.physionet.provisioner.engine.reconcile.Lanes;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.engine.reconcile.Site;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.worlds.cloud.Identities;
import org.physionet.provisioner.worlds.cloud.ShardAdapter;
import org.physionet.provisioner.worlds.cloud.TokenAdapter;
import org.physionet.provisioner.worlds.truth.Person;
import org.physionet.provisioner.worlds.truth.Truth;

/** Starts the real engine over a world: one instance, one run, its own connections; and judges what it says at the end. */
final class Runs {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final World world;
    private final AdminWork admin;
    private Set<RunRequest.Approved> approved = Set.of();
    private @Nullable Snapshot lastSnapshot;
    private int ids;
    private int instances;

    Runs(World world) {
        this.world = world;
        this.admin = new AdminWork(world);
    }

    /** Everything of one run. */
    private record Instance(Site site, Reconciler reconciler, Attempt attempt, SourceReading reading, Judge judge) {}

    private Instance instance(Act.Reading how, Act.Way way, boolean mayWrite) {
        takeOverFromTheDead();
        SourceReading reading = world.bug.wrap(read(how));
        Truth seen = world.truth.copy();
        // What a clock that is off and a source that is old differ by is all that anybody can see.
        Duration apart = how == Act.Reading.STALE ? world.clock.skew().plusMinutes(30) : world.clock.skew();
        boolean fit =
                (how == Act.Reading.WELL || how == Act.Reading.STALE || how == Act.Reading.SHRUNK && unnoticed(seen))
                        && apart.abs().compareTo(Duration.ofMinutes(2)) <= 0;
        String owner = "host/" + ++instances;
        Judge judge = new Judge(
                world,
                new Knowledge(
                        owner,
                        world.clock.instant(),
                        world.step(),
                        seen,
                        fit,
                        List.copyOf(world.fit),
                        world.record.view().resources().keySet(),
                        mayWrite));
        Attempt attempt = new Attempt(world, way, judge);
        Store store = world.bug.wrap(new Session(world.record, attempt));
        Clouds clouds = new Clouds(
                Map.of(
                        "gcp", world.bug.wrap(new TokenAdapter(world.provider, attempt, world.clock)),
                        "aws", world.bug.wrap(new ShardAdapter(world.provider, attempt, world.clock))),
                Map.of("gcp", new Identities(CloudAccount.GOOGLE), "aws", new Identities(CloudAccount.AWS)));
        Site site = new Site(
                store,
                clouds,
                world.layout.resources,
                Mode.ENFORCE,
                EligibilityRules.DEFAULT,
                world.limits,
                world.clock,
                attempt::sleep,
                world.random,
                prefix -> prefix + "-" + ++ids,
                Lanes.SEQUENTIAL,
                owner);
        return new Instance(site, new Reconciler(site, new CallCounter()), attempt, reading, judge);
    }

    private final Set<String> dead = new TreeSet<>();

    /** As the program does at its start: a holder on this host that is certainly gone loses its leases. */
    private void takeOverFromTheDead() {
        Instant now = world.clock.instant();
        List<String> names = new ArrayList<>(List.of("run"));
        world.layout.resources.forEach(r -> names.add("resource/" + r.id()));
        for (String name : names) {
            Optional<Lease> lease = world.record.leaseOf(name, now);
            if (lease.isPresent()
                    && dead.stream()
                            .anyMatch(d -> lease.get().owner().equals(d)
                                    || lease.get().owner().startsWith(d + "/"))) {
                world.record.release(lease.get());
            }
        }
    }

    /** Whether nobody could tell that most people are missing: then those are the people. */
    private boolean unnoticed(Truth seen) {
        List<String> all = List.copyOf(seen.people.keySet());
        seen.people.keySet().retainAll(all.subList(0, all.size() / 4));
        int now = seen.people.size();
        int before = world.record
                .view()
                .sourceCounts()
                .map(SourceCounts::researchers)
                .orElse(0);
        return now > 0 && (before < 4 || (before - now) * 2 <= before);
    }

    private SourceReading read(Act.Reading how) {
        Instant now = world.clock.trueTime();
        List<Person> all = new ArrayList<>(world.truth.people.values());
        return switch (how) {
            case WELL -> {
                lastSnapshot = SourceOf.snapshot(world.truth, now, all);
                yield new SourceReading.Read(lastSnapshot);
            }
            case UNREADABLE -> new SourceReading.Unreadable("connection refused");
            case EMPTY -> new SourceReading.Read(SourceOf.snapshot(world.truth, now, List.of()));
            case SHRUNK -> new SourceReading.Read(SourceOf.snapshot(world.truth, now, all.subList(0, all.size() / 4)));
            case STALE ->
                new SourceReading.Read(SourceOf.snapshot(world.truth, now.minus(Duration.ofMinutes(30)), all));
        };
    }

    /** Does it, and hands over what it says; empty: it was killed or its record failed. */
    private <T> Optional<T> attempt(Instance instance, java.util.function.Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (Killed e) {
            dead.add(instance.site().owner());
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    void run(Act.Run act) {
        run(act, Scope.ALL, "run");
    }

    private Optional<RunReport> run(Act.Run act, Scope scope, String trigger) {
        Instance instance = instance(act.reading(), act.way(), true);
        Optional<Set<RunRequest.Approved>> only = act.approved() ? Optional.of(approved) : Optional.empty();
        if (instance.judge().known.trusted()) {
            world.fit.add(instance.judge().known.seen());
        }
        Optional<RunReport> report = attempt(
                instance,
                () -> instance.reconciler()
                        .run(new RunRequest(trigger, "simulation", null, scope, only, DEADLINE), instance.reading()));
        report.ifPresent(r -> {
            new ReportCheck(world, instance.judge(), r).check(scope.everything() && !act.approved());
            if (instance.judge().known.trusted() && scope.everything() && r.plan() != null) {
                world.fit.clear();
                world.fit.add(instance.judge().known.seen());
            }
        });
        return report;
    }

    Optional<RunReport> quietRun() {
        return run(new Act.Run(false, Act.Reading.WELL, Act.Way.SMOOTH), Scope.ALL, "run");
    }

    void command(Act.Admin act) {
        admin.hold(act)
                .ifPresent(person -> run(
                        new Act.Run(false, Act.Reading.WELL, act.way()),
                        Scope.of(null, null, new ResearcherId(person)),
                        act.command() == Act.Admin.Command.EXCEPTION ? "grant" : "revoke"));
    }

    void operate(Act.Operator.Duty duty) {
        switch (duty) {
            case ADOPT -> {
                Instance instance = instance(Act.Reading.WELL, Act.Way.SMOOTH, false);
                if (instance.judge().known.trusted()) {
                    // What is taken into the record comes with its end.
                    world.fit.add(instance.judge().known.seen());
                }
                attempt(
                        instance,
                        () -> new Adoption(instance.site(), instance.reconciler())
                                .adopt(instance.reading(), null, "operator", null));
            }
            case RELEASE -> release();
            case RETRY_QUARANTINE ->
                world.record.readmit(
                        world.record.view().quarantine().stream()
                                .map(Quarantined::principal)
                                .toList(),
                        "operator",
                        world.clock.instant(),
                        null);
            case MAKE_PLAN -> {
                Instance instance = instance(Act.Reading.WELL, Act.Way.SMOOTH, false);
                attempt(instance, () -> instance.reconciler().preview(instance.reading(), Scope.ALL, null))
                        .ifPresent(preview -> {
                            approved = new HashSet<>();
                            preview.plan().changes().forEach(c -> approved.add(RunRequest.Approved.of(c)));
                        });
            }
        }
    }

    private void release() {
        List<GuardCase> opened = new ArrayList<>();
        List<GuardCase> seen = world.record.view().cases();
        for (GuardCase held : seen) {
            TreeSet<GuardCase.Member> all = new TreeSet<>(held.released());
            all.addAll(held.members());
            all.forEach(m -> world.released.add(
                    m.person().startsWith("user:") ? m.person().substring("user:".length()) : m.person()));
            opened.add(new GuardCase(
                    held.id(),
                    held.kind(),
                    held.cause(),
                    held.systemic(),
                    held.openedAt(),
                    held.state(),
                    held.deferredUntil(),
                    new TreeSet<>(),
                    all));
        }
        world.record.putCases(opened, seen, "operator", "looked at", world.clock.instant());
    }
}

package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.guards.GuardLimits;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.worlds.bugs.Bug;
import org.physionet.provisioner.worlds.cloud.Document;
import org.physionet.provisioner.worlds.cloud.Line.Fault;
import org.physionet.provisioner.worlds.cloud.Provider;
import org.physionet.provisioner.worlds.truth.Truth;

/** Everything that is in one simulated world, and what happens in it. One thread, virtual time, one seed. */
public final class World {
    private static final List<Truth.Policy> POLICIES = List.of(Truth.Policy.values());

    static final GuardLimits LIMITS = new GuardLimits(4, 40, 4, 10, 2);

    /** As for one run, when a person has seen that the source is right. */
    static final GuardLimits SHRINKING = new GuardLimits(4, 40, 4, 100, 2);

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final int DEEPEST = 2;

    public final Store record;
    final WorldClock clock = new WorldClock(START);
    final RandomGenerator random;
    final Layout layout;
    final Truth truth = new Truth();
    final Provider provider = new Provider(clock);
    final Set<String> released = new HashSet<>();
    final Bug bug;
    GuardLimits limits = LIMITS;
    /** The truth as the last whole run with a fit source had it, and as every run with one had it since. */
    final List<Truth> fit = new ArrayList<>();

    private final Map<String, Instant> outageUntil = new HashMap<>();
    private final Map<String, Instant> stormUntil = new HashMap<>();
    private final Set<ResourceId> adopted = new HashSet<>();
    private final Map<ResourceId, Map<String, Long>> work = new HashMap<>();
    private final Map<Truth.Held, Long> lifted = new LinkedHashMap<>();
    private final Map<String, Long> robbedAt = new HashMap<>();
    private final Happenings happenings;
    private final Runs runs;
    private final List<String> effects = new ArrayList<>();
    private long step;
    private int calls;
    private int faults;
    private int depth;

    /** @param bug one of the deliberate ones, or none */
    public World(long seed, Store record, Bug bug) {
        this.record = record;
        this.bug = bug;
        this.random = new SplittableRandom(seed);
        this.layout = new Layout(random);
        this.happenings = new Happenings(this);
        this.runs = new Runs(this);
        happenings.begin();
    }

    /** Performs one act; throws {@link Violation} at the first step that breaks an invariant. */
    public void perform(Act act) {
        tick();
        switch (act) {
            case Act.Pass pass -> clock.pass(pass.time());
            case Act.ToNextEnd end -> happenings.toNextEnd(end.after());
            case Act.Source source -> happenings.source(source);
            case Act.Validity validity ->
                truth.validity = validity.days() == 0 ? null : Duration.ofDays(validity.days());
            case Act.Policy policy ->
                truth.datasets.put(
                        Layout.DATASETS.get(Math.floorMod(policy.dataset(), 3)),
                        POLICIES.get(Math.floorMod(policy.policy(), POLICIES.size())));
            case Act.Relayout change -> layout.change(change.resource());
            case Act.Rival rival -> happenings.rival(rival);
            case Act.AccountDeleted deleted -> happenings.accountDeleted(deleted);
            case Act.Weather weather -> {
                faults++;
                (weather.outage() ? outageUntil : stormUntil)
                        .put(weather.gcp() ? "gcp" : "aws", clock.trueTime().plus(weather.time()));
            }
            case Act.Skew skew -> {
                faults++;
                clock.skew(skew.by());
            }
            case Act.Admin admin -> deeper(() -> runs.command(admin));
            case Act.Operator operator -> deeper(() -> runs.operate(operator.duty()));
            case Act.Run run -> deeper(() -> runs.run(run));
        }
    }

    /** Work of another instance while one is at work; not deeper than that. */
    private void deeper(Runnable work) {
        if (depth < DEEPEST) {
            depth++;
            try {
                work.run();
            } finally {
                depth--;
            }
        }
    }

    /** Faults stop, time passes until everything has settled: one run must bring all in order. */
    public void settle() {
        outageUntil.clear();
        stormUntil.clear();
        clock.skew(Duration.ZERO);
        clock.pass(Duration.ofHours(26));
        new Ending(this, runs).check();
    }

    public int calls() {
        return calls;
    }

    public int faults() {
        return faults;
    }

    /** What writes of the engine did, each as {@code RESOURCE +WHO}, {@code -WHO} or, where it changed nothing, {@code nothing}. */
    public List<String> effects() {
        return List.copyOf(effects);
    }

    void effect(ResourceId resource, Document before, Document after) {
        int told = effects.size();
        after.people().keySet().stream()
                .filter(id -> !before.people().containsKey(id))
                .forEach(id -> effects.add(resource + " +" + id));
        before.people().keySet().stream()
                .filter(id -> !after.people().containsKey(id))
                .forEach(id -> effects.add(resource + " -" + id));
        if (effects.size() == told) {
            effects.add(resource + " nothing");
        }
    }

    long step() {
        return step;
    }

    int depth() {
        return depth;
    }

    /** An instance has recorded work of its own at a resource. */
    void worked(ResourceId resource, String who) {
        work.computeIfAbsent(resource, r -> new HashMap<>()).put(who, step);
    }

    /** Whether another instance did after a step. */
    boolean workedSince(ResourceId resource, long after, String who) {
        return work.getOrDefault(resource, Map.of()).entrySet().stream()
                .anyMatch(e -> !e.getKey().equals(who) && e.getValue() > after);
    }

    /** A hold is no more. */
    void lifted(Truth.Held hold) {
        lifted.put(hold, step);
    }

    /** Holds that were lifted after a step. */
    List<Truth.Held> liftedSince(long after) {
        return lifted.entrySet().stream()
                .filter(entry -> entry.getValue() > after)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Somebody else has taken a reader out. */
    void robbed(ResourceId resource, String id) {
        robbedAt.put(resource + " " + id, step);
    }

    /** Whether somebody else did after a step. */
    boolean robbedSince(ResourceId resource, String id, long after) {
        return robbedAt.getOrDefault(resource + " " + id, -1L) > after;
    }

    void tick() {
        step++;
    }

    void called() {
        calls++;
    }

    void fault() {
        faults++;
    }

    Fault weather(ResourceId resource, Instant machine) {
        String cloud = layout.resource(resource).provider();
        Instant now = clock.trueTime();
        if (now.isBefore(outageUntil.getOrDefault(cloud, Instant.MIN))) {
            faults++;
            return new Fault(
                    Fault.Kind.NOT_DONE,
                    random.nextBoolean() ? new Outcome.Unavailable("no route") : new Outcome.Unknown("timed out"));
        }
        if (now.isBefore(stormUntil.getOrDefault(cloud, Instant.MIN)) && random.nextInt(3) > 0) {
            faults++;
            return new Fault(
                    Fault.Kind.NOT_DONE,
                    new Outcome.Throttled(
                            random.nextBoolean() ? machine.plusSeconds(random.nextInt(1, 20)) : null, "429"));
        }
        return Fault.NONE;
    }

    boolean awaitsAdoption(ResourceId resource) {
        if (adopted.contains(resource)) {
            return false;
        }
        boolean awaits = Optional.ofNullable(record.view().resources().get(resource))
                .filter(ResourceRecord::awaitsAdoption)
                .isPresent();
        if (!awaits) {
            adopted.add(resource);
        }
        return awaits;
    }

    /** Everything that stands where, for a story's end. */
    public List<String> picture() {
        List<String> lines = new ArrayList<>();
        layout.resources.forEach(r -> lines.add(r.id() + " " + provider.of(r.id())));
        return lines;
    }
}

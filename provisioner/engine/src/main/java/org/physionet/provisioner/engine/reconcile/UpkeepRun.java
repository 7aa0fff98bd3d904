package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.LeaseLostException;

/**
 * Carries out writes after which the same people stand at a resource as before: intent, write, and proof, which is that the
 * layout, asked again after reading back, wants nothing more. What fails is left for the next run.
 */
final class UpkeepRun {
    private static final int ATTEMPTS = 4;

    private final ResourcePlan plan;
    private final Adapter adapter;
    private final Journal journal;
    private final Patience patience;
    private final Observer observer;
    private final Layout layout;
    private final ResourceId id;

    private final Set<Upkeep> sent = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** What is still to be written, from a fresh observation. Pure. */
    @FunctionalInterface
    interface Layout {
        List<Write> due(Observation observation);
    }

    UpkeepRun(
            ResourcePlan plan, Adapter adapter, Journal journal, Patience patience, Observer observer, Layout layout) {
        this.plan = plan;
        this.adapter = adapter;
        this.journal = journal;
        this.patience = patience;
        this.observer = observer;
        this.layout = layout;
        this.id = plan.resource().id();
    }

    /**
     * What came of it.
     *
     * @param done proven
     * @param problems one sentence each; empty: nothing is left to do
     */
    record Result(List<Upkeep> done, List<String> problems) {
        static final Result NOTHING = new Result(List.of(), List.of());
    }

    /**
     * @param observation as last read, after every write; null: to be read
     */
    Result carryOut(@Nullable Observation observation, Places places) {
        try {
            return work(observation, places);
        } catch (LeaseLostException e) {
            return failed("another instance has taken over this resource");
        }
    }

    private Result work(@Nullable Observation observation, Places places) {
        Observation seen = observation;
        for (int attempt = 1; ; attempt++) {
            if (seen == null) {
                switch (observer.observe(adapter, plan.resource(), places)) {
                    case Observed.Seen read -> seen = read.observation();
                    case Observed.NotSeen notSeen -> {
                        return failed("could not be read back: " + notSeen.why().reason());
                    }
                }
            }
            List<Write> due = layout.due(seen);
            if (due.isEmpty()) {
                sent.forEach(upkeep -> journal.upkeep(upkeep, Stage.PROVEN));
                return new Result(List.copyOf(sent), problems);
            }
            if (attempt > ATTEMPTS) {
                return failed("still due after " + ATTEMPTS + " attempts: "
                        + Upkeep.of(plan, due.getFirst()).what());
            }
            for (Write write : due) {
                journal.requireOurs();
                if (patience.outOfTime() || !send(write, attempt)) {
                    return failed("not finished: " + Upkeep.of(plan, write).what());
                }
            }
            seen = null;
        }
    }

    /** @return false: no use to go on in this run */
    private boolean send(Write write, int attempt) {
        Upkeep upkeep = Upkeep.of(plan, write);
        journal.upkeep(upkeep, null);
        // Recording may have taken longer than the lease.
        journal.requireOurs();
        return switch (adapter.write(plan.resource(), write)) {
            case Outcome.Success success -> {
                journal.upkeep(upkeep, Stage.ACCEPTED);
                sent.add(upkeep);
                yield true;
            }
            case Outcome.Throttled throttled ->
                again(upkeep, Stage.FAILED, throttled.reason(), attempt, throttled.until());
            case Outcome.Conflict conflict -> again(upkeep, Stage.FAILED, conflict.reason(), attempt, null);
            case Outcome.Unavailable unavailable -> again(upkeep, Stage.FAILED, unavailable.reason(), attempt, null);
            case Outcome.Unknown unknown -> {
                sent.add(upkeep);
                yield again(upkeep, Stage.UNKNOWN, unknown.reason(), attempt, null);
            }
            case Outcome.Failure failure -> {
                journal.upkeep(upkeep, Stage.FAILED);
                problems.add(id + ": " + failure.reason());
                yield false;
            }
        };
    }

    private boolean again(Upkeep upkeep, Stage stage, String reason, int attempt, @Nullable Instant notBefore) {
        journal.upkeep(upkeep, stage);
        boolean more = patience.beforeRetry(attempt, notBefore);
        if (!more) {
            problems.add(id + ": " + reason);
        }
        return more;
    }

    private Result failed(String reason) {
        problems.add(id + ": upkeep: " + reason);
        return new Result(List.of(), List.copyOf(problems));
    }
}

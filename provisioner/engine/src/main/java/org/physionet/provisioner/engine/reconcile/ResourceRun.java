package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.LeaseLostException;

/**
 * Carries out one resource's plan: intent, write, outcome, and proof by reading back. A conflict is read again and
 * re-diffed; a refusal sends the revocations alone first and bisects the grants; a lost answer is resolved by reading.
 */
final class ResourceRun {
    /** Attempts without any progress before the resource is given up for this run. */
    private static final int FRUITLESS_ATTEMPTS = 12;

    /** Told with what was accepted without being written: no cloud's log has it. */
    private static final String SO_ALREADY = "so already";

    private final ResourcePlan plan;
    private final Resource resource;
    private final Adapter adapter;
    private final Journal journal;
    private final Patience patience;
    private final Observer observer;
    private final Refusals refusals;
    private final LateBlocks lateBlocks;

    private final Worklist batches = new Worklist();
    private final Progress progress;
    private Places places;
    private @Nullable Observation observation;
    private Batch inHand = new Batch(List.of());
    private int fruitless;
    private boolean gaveUp;

    ResourceRun(
            ResourcePlan plan,
            Adapter adapter,
            Places places,
            Journal journal,
            Refusals refusals,
            LateBlocks lateBlocks,
            Patience patience,
            Observer observer) {
        this.plan = plan;
        this.resource = plan.resource();
        this.progress = new Progress(resource.id());
        this.adapter = adapter;
        this.places = places;
        this.journal = journal;
        this.refusals = refusals;
        this.lateBlocks = lateBlocks;
        this.patience = patience;
        this.observer = observer;
        // Without a token only a fresh read keeps somebody else's edit from being overwritten (facts/aws.md A2.2).
        this.observation = adapter.capabilities().compareAndSwap() ? plan.observation() : null;
    }

    /** @param upkeep whether the documents are looked after as well, once the changes are in force */
    ResourceResult carryOut(boolean upkeep) {
        batches.first(new Batch(plan.changes()));
        try {
            work();
        } catch (LeaseLostException e) {
            batches.first(new Batch(inHand.only(c -> !progress.proven().contains(c))));
            giveUp("another instance has taken over this resource");
        }
        UpkeepRun.Result kept = upkeep && !gaveUp
                ? new UpkeepRun(plan, adapter, journal, patience, observer, this::upkeepDue)
                        .carryOut(observation, places)
                : UpkeepRun.Result.NOTHING;
        return progress.result(kept);
    }

    private void work() {
        while (!batches.isEmpty() || !progress.awaitingProof().isEmpty()) {
            if (patience.outOfTime()) {
                giveUp("the run's deadline has passed");
                break;
            }
            if (observation == null && !read()) {
                break;
            }
            Batch batch = batches.poll();
            if (batch == null) {
                journal.requireOurs();
                prove();
            } else {
                inHand = batch;
                attempt(pending(batch));
            }
        }
    }

    private List<Write> upkeepDue(Observation now) {
        return Upkeep.writes(plan, adapter, now, List.copyOf(progress.proven()), observer::name, places);
    }

    private boolean read() {
        switch (observer.observe(adapter, resource, places)) {
            case Observed.Seen seen -> {
                observation = seen.observation();
                places = new Places(seen.observation().documents(), places.byHolder());
                return true;
            }
            case Observed.NotSeen notSeen -> {
                journal.conclude(
                        progress.awaitingProof().changes(),
                        Stage.UNKNOWN,
                        notSeen.why().reason());
                giveUp("could not be read back: " + notSeen.why().reason());
                return false;
            }
        }
    }

    private Observation seen() {
        return java.util.Objects.requireNonNull(observation);
    }

    /** What of a batch is not so already; what is so was done by an attempt whose answer was lost, or by somebody else. */
    private Batch pending(Batch batch) {
        List<Change> elsewhereRefused =
                batch.only(c -> c.action() == Action.GRANT && refusals.inThisRun(c.principal()) && !isSo(c));
        progress.open(elsewhereRefused);
        List<Change> done = batch.only(this::isSo);
        journal.conclude(done, Stage.ACCEPTED, SO_ALREADY);
        progress.accepted(done);
        Batch left = new Batch(batch.only(c -> !isSo(c) && !elsewhereRefused.contains(c)));
        List<Change> blocked = blocked(left.grants());
        return new Batch(left.only(c -> !blocked.contains(c)));
    }

    private List<Change> blocked(List<Change> grants) {
        List<Change> blocked = lateBlocks.among(grants, resource.datasets());
        blocked.forEach(c -> progress.problem(c.principal() + " was blocked during the run"));
        return blocked;
    }

    private boolean isSo(Change change) {
        LiveEdge live = seen().owned().get(change.principal());
        return change.action() == Action.GRANT ? live != null && !live.dead() && !live.earlier() : live == null;
    }

    private void attempt(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        Target target = observer.name(ResourcePlan.target(seen(), batch.changes(), plan.kept()));
        Rendering rendering = adapter.render(resource, seen(), target, places);
        Attempt attempt = Attempt.of(batch, rendering);
        rendering.unfit().forEach(one -> progress.problem("no room for " + one.principal() + ": " + one.why()));
        attempt.unwritten().forEach(c -> progress.problem("no write does what is planned for " + c.principal()));
        progress.open(attempt.homeless());
        progress.open(attempt.unwritten());
        if (!rendering.places().isEmpty()) {
            // Also of documents that are not there yet: another layout may be chosen before anybody looks again.
            places = places.with(rendering.places()).and(attempt.places());
            journal.place(places);
        }
        for (int i = 0; i < attempt.writes().size(); i++) {
            Write write = attempt.writes().get(i);
            if (write.revokes().isEmpty() && journal.letPast(patience)) {
                // What is left was rendered from before.
                observation = null;
                batches.first(attempt.from(i));
                return;
            }
            send(write, attempt.partOf(write));
        }
    }

    private void send(Write write, Batch part) {
        if (patience.outOfTime()) {
            batches.first(part);
            return;
        }
        journal.requireOurs();
        journal.intend(write.document(), part.changes());
        if (!write.upkeep().isEmpty()) {
            journal.upkeep(Upkeep.of(plan, write), null);
        }
        if (!journal.stillOurs()) {
            // Recording took longer than the lease.
            journal.conclude(part.changes(), Stage.UNKNOWN, "not sent: another instance has taken over");
            throw journal.lost();
        }
        Outcome outcome = adapter.write(resource, write);
        observation = null;
        if (outcome instanceof Outcome.Success) {
            progress.taken(write.document(), patience.now());
        }
        switch (outcome) {
            case Outcome.Applied applied -> accept(part, "");
            case Outcome.AlreadySo alreadySo -> accept(part, SO_ALREADY);
            case Outcome.Rejected rejected -> refused(part, rejected);
            case Outcome.Denied denied -> fail(part, denied.reason());
            case Outcome.Conflict conflict -> again(part, null, conflict.reason());
            case Outcome.Throttled throttled -> again(part, throttled.until(), throttled.reason());
            case Outcome.Unavailable unavailable -> again(part, null, unavailable.reason());
            case Outcome.Unknown unknown -> {
                journal.conclude(part.changes(), Stage.UNKNOWN, unknown.reason());
                again(part, null, unknown.reason());
            }
        }
    }

    private void accept(Batch part, String detail) {
        fruitless = 0;
        journal.conclude(part.changes(), Stage.ACCEPTED, detail);
        progress.accepted(part.changes());
        refusals.cleared(part.grants(), journal);
        batches.accepted(part);
    }

    private void fail(Batch part, String reason) {
        journal.conclude(part.changes(), Stage.FAILED, reason);
        progress.open(part.changes());
        progress.problem(reason);
    }

    private void again(Batch part, @Nullable Instant notBefore, String reason) {
        fruitless++;
        boolean tired = fruitless >= FRUITLESS_ATTEMPTS;
        // What asked for time gets it, also from what is left to do there.
        boolean waited = tired && notBefore == null || patience.beforeRetry(fruitless, notBefore);
        if (!tired && waited) {
            batches.first(part);
            return;
        }
        fail(part, reason + " (given up after " + fruitless + " attempts; the next run tries again)");
        if (!waited && notBefore != null) {
            giveUp("it asked to be left alone until " + notBefore + ", which is after the run's deadline");
        }
    }

    /** Revocations go first, alone; the culprits among the grants are found and left out. */
    private void refused(Batch part, Outcome.Rejected rejected) {
        Refused refused = Refused.of(part, rejected);
        if (!refused.ours()) {
            again(part, null, rejected.reason());
            return;
        }
        fruitless = 0;
        List<Change> culprits = refused.culprits();
        journal.conclude(culprits, Stage.FAILED, rejected.reason());
        progress.open(culprits);
        culprits.forEach(c -> refusals.refused(c.principal(), resource.id(), rejected.reason(), journal));
        if (refused.search()) {
            batches.split(refused.rest());
        } else {
            batches.first(refused.rest());
            batches.first(refused.revocations());
        }
    }

    /** Compares what was read back with what was accepted. */
    private void prove() {
        Batch all = progress.awaitingProof();
        List<Change> done = all.only(this::isSo);
        List<Change> undone = all.only(c -> !isSo(c));
        journal.conclude(done, Stage.PROVEN, "");
        progress.proven(done);
        // Whoever blocked them may have looked before the grant was there, and so have found nothing to revoke.
        List<Change> blocked = blocked(new Batch(done).grants());
        if (!blocked.isEmpty()) {
            progress.unproven(blocked);
            batches.first(new Batch(blocked.stream().map(Change::undoing).toList()));
        }
        if (!undone.isEmpty()) {
            observation = null;
            again(
                    new Batch(undone),
                    null,
                    "read back, " + undone.size() + " changes are not as the provider had accepted them");
        }
    }

    private void giveUp(String reason) {
        gaveUp = true;
        progress.giveUp(batches.drain(), reason);
    }
}

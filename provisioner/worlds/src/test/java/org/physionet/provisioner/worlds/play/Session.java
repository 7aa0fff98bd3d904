package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.engine.store.Store;

/** One run's connection to the record: every commit can fail or be the last; what comes through is told to the judge. */
final class Session implements Store {
    private final Store record;
    private final Attempt attempt;

    Session(Store record, Attempt attempt) {
        this.record = record;
        this.attempt = attempt;
    }

    private <T> T commit(Supplier<T> work) {
        attempt.beforeCommit();
        T result = work.get();
        attempt.afterCommit();
        return result;
    }

    private void commit(Runnable work) {
        commit(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public RecordView view() {
        attempt.alive();
        return record.view();
    }

    @Override
    public void beginRun(RunRecord run) {
        commit(() -> record.beginRun(run));
    }

    @Override
    public void finishRun(RunId run, String fingerprint, RunRecord.End end) {
        commit(() -> record.finishRun(run, fingerprint, end));
    }

    @Override
    public void remember(Instant at, Collection<Researcher> people, Map<ResearcherId, List<Principal>> principals) {
        commit(() -> record.remember(at, people, principals));
    }

    @Override
    public void rememberNames(Instant at, Map<Principal, Principal> names) {
        commit(() -> record.rememberNames(at, names));
    }

    @Override
    public void sourceSeen(SourceCounts counts) {
        commit(() -> record.sourceSeen(counts));
    }

    @Override
    public void resourceSeen(
            Instant at,
            Resource resource,
            boolean awaitsAdoption,
            int readers,
            SortedSet<String> documents,
            @Nullable Lease lease) {
        commit(() -> record.resourceSeen(at, resource, awaitsAdoption, readers, documents, lease));
    }

    @Override
    public void place(ResourceId resource, Places places, @Nullable Lease lease) {
        commit(() -> record.place(resource, places, lease));
    }

    @Override
    public void adopt(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges, @Nullable Lease lease) {
        commit(() -> {
            record.adopt(run, at, resource, edges, lease);
            attempt.judge.told(resource);
        });
    }

    @Override
    public void found(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges, @Nullable Lease lease) {
        commit(() -> {
            record.found(run, at, resource, edges, lease);
            attempt.judge.told(resource);
        });
    }

    @Override
    public void intend(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            List<EdgeChange> changes,
            @Nullable Lease lease) {
        commit(() -> {
            record.intend(run, at, resource, document, changes, lease);
            attempt.intended(resource, changes);
        });
    }

    @Override
    public void upkeep(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            String what,
            EdgeResult.@Nullable Stage stage,
            @Nullable Lease lease) {
        commit(() -> record.upkeep(run, at, resource, document, what, stage, lease));
    }

    @Override
    public boolean conclude(RunId run, List<EdgeResult> results, @Nullable Lease lease) {
        return commit(() -> {
            boolean ours = record.conclude(run, results, lease);
            attempt.concluded(results, ours);
            return ours;
        });
    }

    @Override
    public void witnessed(
            RunId run,
            Instant at,
            ResourceId resource,
            Collection<Principal> present,
            Collection<Principal> gone,
            @Nullable Lease lease) {
        commit(() -> {
            record.witnessed(run, at, resource, present, gone, lease);
            attempt.judge.told(resource);
        });
    }

    @Override
    public void hold(
            RunId run,
            Instant at,
            ResourceId resource,
            Map<Principal, List<EdgeRecord.Holding>> holdings,
            @Nullable Lease lease) {
        commit(() -> record.hold(run, at, resource, holdings, lease));
    }

    @Override
    public void revocationDetected(
            RunId run, Instant at, ResourceId resource, Collection<Principal> principals, @Nullable Lease lease) {
        commit(() -> record.revocationDetected(run, at, resource, principals, lease));
    }

    @Override
    public void addHold(Hold hold) {
        commit(() -> record.addHold(hold));
    }

    @Override
    public List<Hold> holds() {
        attempt.alive();
        return record.holds();
    }

    @Override
    public boolean liftHold(HoldId hold, String actor, String reason, Instant at) {
        return commit(() -> record.liftHold(hold, actor, reason, at));
    }

    @Override
    public void holdsAreUnknown(String by, String reason, Instant at) {
        commit(() -> record.holdsAreUnknown(by, reason, at));
    }

    @Override
    public void holdsAreComplete(String actor, String reason, Instant at) {
        commit(() -> record.holdsAreComplete(actor, reason, at));
    }

    @Override
    public SortedSet<String> putCases(
            Collection<GuardCase> cases, Collection<GuardCase> seen, String by, String reason, Instant at) {
        return commit(() -> record.putCases(cases, seen, by, reason, at));
    }

    @Override
    public void quarantine(RunId run, Collection<Quarantined> entries, @Nullable Lease lease) {
        commit(() -> record.quarantine(run, entries, lease));
    }

    @Override
    public void readmit(Collection<Principal> principals, String by, Instant at, @Nullable Lease lease) {
        commit(() -> record.readmit(principals, by, at, lease));
    }

    @Override
    public void putBaseline(Map<String, String> facts, Instant at, @Nullable Lease lease) {
        commit(() -> record.putBaseline(facts, at, lease));
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term, Instant now) {
        attempt.alive();
        Optional<Lease> lease = record.acquire(name, owner, term, now);
        lease.ifPresent(attempt::leased);
        return lease;
    }

    @Override
    public Map<String, Lease> vacant(Collection<String> names, Instant ranOut) {
        attempt.alive();
        return record.vacant(names, ranOut);
    }

    @Override
    public Optional<Lease> leaseOf(String name, Instant now) {
        attempt.alive();
        return record.leaseOf(name, now);
    }

    @Override
    public void release(Lease lease) {
        attempt.alive();
        record.release(lease);
    }

    @Override
    public void close() {}
}

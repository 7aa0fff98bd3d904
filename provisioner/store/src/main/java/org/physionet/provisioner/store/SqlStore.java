package org.physionet.provisioner.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.Acknowledgements;
import org.physionet.provisioner.engine.store.Challenge;
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
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.AcknowledgedTable;
import org.physionet.provisioner.store.state.Adoptions;
import org.physionet.provisioner.store.state.CaseTable;
import org.physionet.provisioner.store.state.Challenges;
import org.physionet.provisioner.store.state.Changes;
import org.physionet.provisioner.store.state.Facts;
import org.physionet.provisioner.store.state.HoldReader;
import org.physionet.provisioner.store.state.HoldTable;
import org.physionet.provisioner.store.state.Leases;
import org.physionet.provisioner.store.state.OtherNames;
import org.physionet.provisioner.store.state.PauseTable;
import org.physionet.provisioner.store.state.People;
import org.physionet.provisioner.store.state.Proposals;
import org.physionet.provisioner.store.state.QuarantineTable;
import org.physionet.provisioner.store.state.Reads;
import org.physionet.provisioner.store.state.Recording;
import org.physionet.provisioner.store.state.Resources;
import org.physionet.provisioner.store.state.Runs;
import org.physionet.provisioner.store.state.Standing;
import org.physionet.provisioner.store.state.ViewReader;

/**
 * The record in SQL. Instants are kept to the microsecond, rounded down.
 *
 * <p>Methods that may find nothing new look first without locking, and only then take the ledger's head and look again.
 */
public final class SqlStore implements Store, Acknowledgements, org.physionet.provisioner.engine.store.Challenges {
    private final Database database;
    private final InstantSource clock;
    private final SqlAnswers answers;
    private final SqlLedger ledger;

    private SqlStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.answers = new SqlAnswers(database);
        this.ledger = new SqlLedger(database, clock);
    }

    /**
     * Opens the record; its tables are checked with one query.
     *
     * @param clock for what the ports give no instant to
     * @throws StoreException if it can not be reached, its tables are older or newer than this program, or, for writing, the
     *     ledger's end does not fit its head
     */
    public static SqlStore open(StoreConfig config, InstantSource clock, OpenMode mode) {
        return new SqlStore(Opening.open(config, mode), clock);
    }

    /** What it answers about the past. */
    public SqlAnswers answers() {
        return answers;
    }

    /** The ledger as a whole. */
    public SqlLedger ledger() {
        return ledger;
    }

    @Override
    public RecordView view() {
        return database.read(ViewReader::view);
    }

    @Override
    public void beginRun(RunRecord run) {
        Recording.step(database, run.startedAt(), recording -> Runs.begin(recording, run));
    }

    @Override
    public void finishRun(RunId run, String fingerprint, RunRecord.End end) {
        Recording.step(database, end.at(), recording -> Runs.finish(recording, run, fingerprint, end));
    }

    @Override
    public void remember(
            Instant at, Collection<Researcher> researchers, Map<ResearcherId, List<Principal>> principals) {
        if (!database.read(sql -> People.differences(sql, researchers, principals))
                .none()) {
            Recording.step(database, at, recording -> People.write(recording, researchers, principals));
        }
    }

    @Override
    public void rememberNames(Instant at, Map<Principal, Principal> names) {
        if (!database.read(sql -> OtherNames.differences(sql, names)).isEmpty()) {
            Recording.step(database, at, recording -> OtherNames.write(recording, names));
        }
    }

    @Override
    public void sourceSeen(SourceCounts counts) {
        Recording.step(database, counts.takenAt(), recording -> Facts.sourceSeen(recording, counts));
    }

    @Override
    public void resourceSeen(
            Instant at, Resource resource, boolean awaitsAdoption, int readers, SortedSet<String> documents) {
        Recording.step(
                database, at, recording -> Resources.seen(recording, resource, awaitsAdoption, readers, documents));
    }

    @Override
    public void place(ResourceId resource, Places places, @Nullable Lease lease) {
        Recording.step(database, clock.instant(), recording -> {
            recording.requireHeld(lease);
            Resources.place(recording, resource, places);
        });
    }

    @Override
    public void adopt(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges) {
        Recording.step(database, run, at, recording -> Adoptions.adopt(recording, run, resource, edges));
    }

    @Override
    public void found(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges) {
        if (database.read(sql -> Adoptions.newsIn(sql, resource, edges))) {
            Recording.step(database, run, at, recording -> Adoptions.found(recording, run, resource, edges));
        }
    }

    @Override
    public void intend(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            List<EdgeChange> changes,
            @Nullable Lease lease) {
        Recording.step(
                database, run, at, lease, recording -> Changes.intend(recording, run, resource, document, changes));
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
        Recording.step(
                database, run, at, lease, recording -> Changes.upkeep(recording, run, resource, document, what, stage));
    }

    @Override
    public boolean conclude(RunId run, List<EdgeResult> results, @Nullable Lease lease) {
        AtomicBoolean held = new AtomicBoolean(true);
        results.stream()
                .map(EdgeResult::at)
                .max(Instant::compareTo)
                .ifPresent(at -> Recording.step(
                        database, run, at, recording -> held.set(Changes.conclude(recording, run, results, lease))));
        return held.get();
    }

    @Override
    public void witnessed(
            RunId run, Instant at, ResourceId resource, Collection<Principal> present, Collection<Principal> gone) {
        if (database.read(sql -> Reads.newsIn(sql, at, resource, present, gone))) {
            Recording.step(database, run, at, recording -> Reads.witnessed(recording, run, resource, present, gone));
        }
    }

    @Override
    public void hold(RunId run, Instant at, ResourceId resource, Map<Principal, List<EdgeRecord.Holding>> holdings) {
        if (!database.read(sql -> Standing.differences(sql, resource, holdings)).isEmpty()) {
            Recording.step(database, run, at, recording -> Standing.hold(recording, run, resource, holdings));
        }
    }

    @Override
    public void revocationDetected(RunId run, Instant at, ResourceId resource, Collection<Principal> principals) {
        if (!database.read(sql -> Standing.undetected(sql, resource, principals))
                .isEmpty()) {
            Recording.step(database, run, at, recording -> Standing.detect(recording, run, resource, principals));
        }
    }

    @Override
    public List<Hold> holds() {
        return database.read(HoldReader::inForce);
    }

    @Override
    public void challenge(Challenge challenge, String actor) {
        Recording.step(database, challenge.madeAt(), recording -> Challenges.put(recording, challenge, actor));
    }

    @Override
    public Optional<Challenge> challengeOf(ResearcherId researcher, String provider) {
        return database.read(sql -> Challenges.of(sql, researcher, provider));
    }

    @Override
    public boolean spend(Challenge challenge, @Nullable Principal proven, String actor, Instant at) {
        return Recording.of(database, at, recording -> Challenges.spend(recording, challenge, proven, actor));
    }

    @Override
    public void addHold(Hold hold) {
        Recording.step(database, hold.madeAt(), recording -> HoldTable.add(recording, hold));
    }

    @Override
    public boolean liftHold(HoldId hold, String actor, String reason, Instant at) {
        return Recording.of(database, at, recording -> HoldTable.lift(recording, hold, actor, reason));
    }

    @Override
    public void holdsAreUnknown(String by, String reason, Instant at) {
        Recording.step(database, at, recording -> Facts.holdsUnknown(recording, by, reason));
    }

    @Override
    public void holdsAreComplete(String actor, String reason, Instant at) {
        Recording.step(database, at, recording -> Facts.holdsComplete(recording, actor, reason));
    }

    /** Nothing moves from now on, as far as the pause reaches. */
    public void pause(Pause pause) {
        Recording.step(database, pause.madeAt(), recording -> PauseTable.add(recording, pause));
    }

    /** @return false if it is not in force */
    public boolean resume(String pause, String actor, String reason, Instant at) {
        return Recording.of(database, at, recording -> PauseTable.end(recording, pause, actor, reason));
    }

    /** The release that was proposed for a case and not confirmed. */
    public Optional<Proposals.Proposal> proposal(String caseId) {
        return database.read(sql -> Proposals.of(sql, caseId));
    }

    public void propose(String caseId, Proposals.Proposal proposal, String reason, Instant at) {
        Recording.step(database, at, recording -> Proposals.put(recording, caseId, proposal, reason));
    }

    /** The proposal was confirmed, and the case is put as it is now; one transaction. */
    public void confirmed(GuardCase next, String by, String reason, Instant at) {
        Recording.step(database, at, recording -> {
            CaseTable.put(recording, List.of(next), by, reason);
            recording.settle(next.id());
        });
    }

    @Override
    public void putCases(Collection<GuardCase> cases, String by, String reason, Instant at) {
        if (!cases.isEmpty()) {
            Recording.step(database, at, recording -> CaseTable.put(recording, cases, by, reason));
        }
    }

    @Override
    public void quarantine(RunId run, Collection<Quarantined> entries) {
        if (!entries.isEmpty()) {
            Recording.step(database, run, clock.instant(), recording -> QuarantineTable.enter(recording, run, entries));
        }
    }

    @Override
    public void readmit(Collection<Principal> principals, String by, Instant at) {
        if (!principals.isEmpty()) {
            Recording.step(database, at, recording -> QuarantineTable.leave(recording, principals, by));
        }
    }

    @Override
    public void putBaseline(Map<String, String> facts, Instant at) {
        if (!database.read(sql -> Facts.differences(sql, facts)).isEmpty()) {
            Recording.step(database, at, recording -> Facts.putBaseline(recording, facts));
        }
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term, Instant now) {
        return database.write(sql -> Leases.acquire(sql, name, owner, term, now));
    }

    @Override
    public Optional<Lease> leaseOf(String name, Instant now) {
        return database.read(sql -> Leases.current(sql, name, now));
    }

    /** Every lease that somebody holds now. */
    public List<Lease> leases(Instant now) {
        return database.read(sql -> Leases.all(sql, now));
    }

    @Override
    public void release(Lease lease) {
        database.write(sql -> Leases.release(sql, lease));
    }

    @Override
    public void acknowledge(Acknowledged finding) {
        Recording.step(database, finding.acknowledgedAt(), recording -> AcknowledgedTable.put(recording, finding));
    }

    @Override
    public List<Acknowledged> acknowledged() {
        return database.read(AcknowledgedTable::all);
    }

    /** Everything by which a researcher is known, to choose from what {@link #erase} forgets. */
    public List<Erasure.KnownIdentity> identitiesOf(ResearcherId researcher) {
        return database.read(sql -> Erasure.of(sql, researcher));
    }

    /**
     * Forgets what a reference stands for: value, salt and spelling go for good, the ledger still verifies.
     *
     * @return false if there is no such reference, or it was erased before; then nothing is recorded
     * @throws StoreException if it is still needed to keep somebody out or to take access away; the message says for what
     */
    public boolean erase(String ref, String actor, String reason, Instant at) {
        return Recording.of(database, at, recording -> {
            Optional<Identity> identity = recording.find(ref);
            if (identity.isPresent()) {
                recording.erase(identity.get(), actor, reason);
            }
            return identity.isPresent();
        });
    }

    @Override
    public void close() {
        database.close();
    }
}

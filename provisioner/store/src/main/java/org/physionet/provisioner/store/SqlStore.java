package org.physionet.provisioner.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.Challenge;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.CaseTable;
import org.physionet.provisioner.store.state.Challenges;
import org.physionet.provisioner.store.state.Facts;
import org.physionet.provisioner.store.state.HoldReader;
import org.physionet.provisioner.store.state.HoldTable;
import org.physionet.provisioner.store.state.Leases;
import org.physionet.provisioner.store.state.OtherNames;
import org.physionet.provisioner.store.state.People;
import org.physionet.provisioner.store.state.QuarantineTable;
import org.physionet.provisioner.store.state.Recording;
import org.physionet.provisioner.store.state.Runs;
import org.physionet.provisioner.store.state.ViewReader;

/**
 * The record in SQL. Instants are kept to the microsecond, rounded down.
 *
 * <p>Methods that may find nothing new look first without locking, and only then take the ledger's head and look again.
 */
public final class SqlStore extends SqlEdges implements org.physionet.provisioner.engine.store.Challenges {
    private final SqlAnswers answers;
    private final SqlLedger ledger;
    private final SqlDecisions decisions;

    private SqlStore(Database database, InstantSource clock) {
        super(database, clock);
        this.answers = new SqlAnswers(database);
        this.ledger = new SqlLedger(database, clock);
        this.decisions = new SqlDecisions(database);
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

    /** What admins decide beside holds. */
    public SqlDecisions decisions() {
        return decisions;
    }

    /** How far the budgets of calls are spent by all who work with this record. */
    public SqlMeters meters() {
        return new SqlMeters(database);
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

    @Override
    public SortedSet<String> putCases(
            Collection<GuardCase> cases, Collection<GuardCase> seen, String by, String reason, Instant at) {
        return cases.isEmpty()
                ? new TreeSet<>()
                : Recording.of(database, at, recording -> CaseTable.putIfAsSeen(recording, cases, seen, by, reason));
    }

    @Override
    public void quarantine(RunId run, Collection<Quarantined> entries, @Nullable Lease lease) {
        if (!entries.isEmpty()) {
            Recording.step(
                    database, run, clock.instant(), lease, recording -> QuarantineTable.enter(recording, run, entries));
        }
    }

    @Override
    public void readmit(Collection<Principal> principals, String by, Instant at, @Nullable Lease lease) {
        if (!principals.isEmpty()) {
            Recording.step(database, at, lease, recording -> QuarantineTable.leave(recording, principals, by));
        }
    }

    @Override
    public void putBaseline(Map<String, String> facts, Instant at, @Nullable Lease lease) {
        if (!database.read(sql -> Facts.differences(sql, facts)).isEmpty()) {
            Recording.step(database, at, lease, recording -> Facts.putBaseline(recording, facts));
        }
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term, Instant now) {
        return database.write(sql -> Leases.acquire(sql, name, owner, term, now));
    }

    @Override
    public Map<String, Lease> vacant(Collection<String> names, Instant ranOut) {
        Map<String, Lease> vacant = database.read(sql -> Leases.vacant(sql, names));
        return vacant.keySet().containsAll(names)
                ? vacant
                : database.write(sql -> {
                    Leases.vacate(sql, names, ranOut);
                    return Leases.vacant(sql, names);
                });
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
    public void close() {
        database.close();
    }
}

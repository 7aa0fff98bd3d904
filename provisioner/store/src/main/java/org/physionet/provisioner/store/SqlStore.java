package org.physionet.provisioner.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.AccessQueries;
import org.physionet.provisioner.engine.store.Acknowledgements;
import org.physionet.provisioner.engine.store.Challenge;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ReportQueries;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.ledger.Checkpoints;
import org.physionet.provisioner.store.ledger.KeyChange;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.SignedCheckpoint;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.EventReader;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.AccessReader;
import org.physionet.provisioner.store.state.AcknowledgedTable;
import org.physionet.provisioner.store.state.Adoptions;
import org.physionet.provisioner.store.state.CaseTable;
import org.physionet.provisioner.store.state.Challenges;
import org.physionet.provisioner.store.state.Changes;
import org.physionet.provisioner.store.state.EndingReader;
import org.physionet.provisioner.store.state.Facts;
import org.physionet.provisioner.store.state.FigureReader;
import org.physionet.provisioner.store.state.Figures;
import org.physionet.provisioner.store.state.HoldReader;
import org.physionet.provisioner.store.state.HoldTable;
import org.physionet.provisioner.store.state.IntervalReader;
import org.physionet.provisioner.store.state.Leases;
import org.physionet.provisioner.store.state.LifeReader;
import org.physionet.provisioner.store.state.OtherNames;
import org.physionet.provisioner.store.state.PauseTable;
import org.physionet.provisioner.store.state.People;
import org.physionet.provisioner.store.state.Proposals;
import org.physionet.provisioner.store.state.QuarantineTable;
import org.physionet.provisioner.store.state.Reads;
import org.physionet.provisioner.store.state.Recording;
import org.physionet.provisioner.store.state.Resources;
import org.physionet.provisioner.store.state.Restoration;
import org.physionet.provisioner.store.state.RunReader;
import org.physionet.provisioner.store.state.Runs;
import org.physionet.provisioner.store.state.Standing;
import org.physionet.provisioner.store.state.ViewReader;

/**
 * The record in SQL. Instants are kept to the microsecond, rounded down.
 *
 * <p>Methods that may find nothing new look first without locking, and only then take the ledger's head and look again.
 */
public final class SqlStore
        implements Store,
                AccessQueries,
                ReportQueries,
                Acknowledgements,
                org.physionet.provisioner.engine.store.Challenges {
    private final Database database;
    private final InstantSource clock;

    private SqlStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
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
    public void place(ResourceId resource, Places places) {
        Recording.step(database, clock.instant(), recording -> Resources.place(recording, resource, places));
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
    public void intend(RunId run, Instant at, ResourceId resource, String document, List<EdgeChange> changes) {
        Recording.step(database, run, at, recording -> Changes.intend(recording, run, resource, document, changes));
    }

    @Override
    public void upkeep(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            String what,
            EdgeResult.@Nullable Stage stage) {
        Recording.step(database, run, at, recording -> Changes.upkeep(recording, run, resource, document, what, stage));
    }

    @Override
    public void conclude(RunId run, List<EdgeResult> results) {
        results.stream()
                .map(EdgeResult::at)
                .max(Instant::compareTo)
                .ifPresent(at ->
                        Recording.step(database, run, at, recording -> Changes.conclude(recording, run, results)));
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
    public List<AccessLine> accessAt(Instant at, @Nullable ResearcherId researcher, @Nullable DatasetId dataset) {
        return database.read(sql -> AccessReader.accessAt(sql, at, researcher, dataset));
    }

    @Override
    public List<Ending> endings(Instant since) {
        return database.read(sql -> EndingReader.since(sql, since));
    }

    @Override
    public List<Ending> endingsOf(Collection<Principal> principals) {
        return database.read(sql -> EndingReader.of(sql, principals));
    }

    @Override
    public List<Interval> intervals(Instant since, Instant until) {
        return database.read(sql -> IntervalReader.between(sql, since, until));
    }

    @Override
    public List<RunRecord> runs(int limit) {
        return database.read(sql -> RunReader.newest(sql, limit));
    }

    /** The newest run that a trigger started, or, of those that have ended, the newest. */
    public Optional<RunRecord> newestRun(String trigger, boolean ended) {
        return database.read(sql -> RunReader.newestBy(sql, trigger, ended));
    }

    /** What the record says of a site's health, as of one consistent read. Counts in the database, whatever its size. */
    public Figures figures(Instant clockSince, Instant overdueBefore) {
        return database.read(sql -> FigureReader.read(sql, clockSince, overdueBefore));
    }

    /** The next moment after an instant at which somebody's access ends, or a refusal or a case comes up again, as recorded. */
    public Optional<Instant> nextEnd(Instant after) {
        return database.read(sql -> FigureReader.nextEnd(sql, after));
    }

    @Override
    public Optional<RunRecord> run(RunId id) {
        return database.read(sql -> RunReader.one(sql, id));
    }

    @Override
    public List<LedgerEvent> events(EventFilter filter) {
        return database.read(sql -> EventReader.events(sql, filter));
    }

    @Override
    public List<HoldHistory> holdHistory() {
        return database.read(HoldReader::history);
    }

    @Override
    public List<Life> lives(
            @Nullable DatasetId dataset, @Nullable ResearcherId researcher, Instant since, Instant until) {
        return database.read(sql -> LifeReader.lives(sql, dataset, researcher, since, until));
    }

    @Override
    public Head head() {
        return database.read(EventReader::head);
    }

    @Override
    public List<String> actors() {
        return database.read(EventReader::actors);
    }

    @Override
    public List<LedgerEvent> eventsBy(List<String> actors, String onBehalfOf, Instant since, Instant until) {
        return database.read(sql -> EventReader.by(sql, actors, onBehalfOf, since, until));
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

    /**
     * Writes the whole ledger, for whoever verifies it offline; one consistent state.
     *
     * @param signer signs its end; null: nobody does
     */
    public LedgerExport.Summary exportLedger(Appendable out, LedgerExport.People people, @Nullable Signer signer) {
        return database.read(sql -> LedgerExport.write(sql, out, people, signer, clock.instant()));
    }

    /** The hash of a record; empty: the ledger does not reach that far. */
    public Optional<String> hashOf(long record) {
        return database.read(sql -> LedgerExport.hashOf(sql, record));
    }

    /** The checkpoint that was signed last. */
    public Optional<SignedCheckpoint> newestCheckpoint() {
        return database.read(Checkpoints::newest);
    }

    /** What follows a record, to be published; empty: the ledger does not reach that far. */
    public Optional<LedgerExport.Part> ledgerAfter(long record, Signer signer) {
        return database.read(sql -> LedgerExport.part(sql, record, signer, clock.instant()));
    }

    /** Notes that something was put to a place under a name, with the checkpoint that it ends with. */
    public void published(String place, String name, SignedCheckpoint checkpoint) {
        database.<Boolean>write(sql -> {
            Checkpoints.add(sql, checkpoint);
            Checkpoints.named(sql, place, name);
            return true;
        });
    }

    /** The last name that was put to a place, as far as this record knows. */
    public Optional<String> publishedLast(String place) {
        return database.read(sql -> Checkpoints.lastName(sql, place));
    }

    /** The name of the key that signs the ledger; empty: none has yet. */
    public Optional<String> currentKey() {
        return database.read(sql -> sql.first(
                        "select payload from ledger where type = 'key_changed' order by seq desc limit 1",
                        row -> row.text(1))
                .map(KeyChange::keyOf));
    }

    /**
     * From here on another key signs the ledger; the old one signs the new, and the ledger as it was under it.
     *
     * @param before null: the first key, or the old one is lost
     * @return the new key's name
     */
    public String changeKey(@Nullable Signer before, Signer next, String actor, String reason, Instant at) {
        if (before != null) {
            Head head = head();
            database.<Boolean>write(sql -> {
                Checkpoints.add(sql, SignedCheckpoint.by(before, head.seq(), head.hash(), at));
                return true;
            });
        }
        KeyChange change = KeyChange.of(before, next);
        Recording.step(database, at, recording -> recording.changeKey(change, actor, reason));
        return change.key();
    }

    /**
     * Takes records that this database lost back from a ledger; see {@link Restoration}.
     *
     * @param lines verified before
     * @throws StoreException if this ledger is not a beginning of that one; then nothing is changed
     */
    public Restoration.Restored restoreLedger(
            Supplier<Iterator<String>> lines,
            @Nullable Tags tags,
            Restoration.People people,
            String actor,
            Instant at) {
        return Restoration.restore(database, at, lines, tags, people, actor);
    }

    @Override
    public void close() {
        database.close();
    }
}

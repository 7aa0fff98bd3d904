package org.physionet.provisioner.engine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * The record: state and ledger. Every method that changes something is one durable transaction which also appends to the
 * ledger what it did; when it returns, a power cut loses nothing of it. When the ledger can not be written nothing changes.
 *
 * <p>Safe for concurrent use, also by several processes on one database.
 *
 * <p>Every method throws {@link StoreException} if the database can not do it; then nothing of it is recorded.
 *
 * <p>What the one writer of a resource records goes with its {@link Lease}, whose token is checked in the same transaction: a holder that
 * stalled between looking at its lease and writing records nothing over what the next holder knows (DESIGN, invariant 8). What is recorded of a
 * read without working there goes with the lease as it was while nobody had it ({@link #vacant}): it is recorded only if nobody has had it since.
 * Null, or no lease given: there is only one writer, e.g. a record that is being rebuilt. A method that takes no lease says why no stale writer
 * can make the record wrong with it.
 */
public interface Store extends AutoCloseable {
    /** Everything planning needs, as of one consistent read. Does not write. */
    RecordView view();

    /** Records that a run began: its own, which nobody else writes. */
    void beginRun(RunRecord run);

    /** Records how it ended. Exactly once per run: its own, which nobody else writes. */
    void finishRun(RunId run, String fingerprint, RunRecord.End end);

    /**
     * Remembers who links what: our own copy, kept when the source forgets. Identities that are no longer linked stay
     * known. Cheap when nothing changed.
     *
     * <p>Only adds, so that coming late it takes nothing away; an outdated username stays until the next readable source.
     */
    void remember(Instant at, Collection<Researcher> researchers, Map<ResearcherId, List<Principal>> principals);

    /**
     * Remembers under which other names providers show accounts, e.g. an ARN for a unique id: without a readable source
     * entries must be recognised, too. Names that a call does not mention stay known. Cheap when nothing changed. Only adds: a name, once
     * given, means the same account for ever.
     *
     * @param names name shown → principal
     */
    void rememberNames(Instant at, Map<Principal, Principal> names);

    /** Records the size of a healthy snapshot. Only adds, and the one that was taken last counts, in whatever order they come. */
    void sourceSeen(SourceCounts counts);

    /**
     * A resource was observed.
     *
     * @param awaitsAdoption only looked at when the resource is new to the record
     * @param readers people's entries that stood there
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void resourceSeen(
            Instant at,
            Resource resource,
            boolean awaitsAdoption,
            int readers,
            java.util.SortedSet<String> documents,
            @Nullable Lease lease);

    /**
     * Sets people's places; earlier places of others are kept.
     *
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void place(ResourceId resource, Places places, @Nullable Lease lease);

    default void place(ResourceId resource, Places places) {
        place(resource, places, null);
    }

    /**
     * Takes what stands in the cloud into the record, as adopted edges, and ends the wait for adoption. Edges already
     * recorded keep their history; recorded edges that are not there are closed as found gone.
     *
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void adopt(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges, @Nullable Lease lease);

    /**
     * Edges that stand in the cloud, that the record did not know and that are to stay: taken in as adopted ones. Others
     * are not touched; one that is recorded already is left as it is.
     *
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void found(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges, @Nullable Lease lease);

    /**
     * Before the call: these changes of one document are about to be sent. Grants become {@code GRANTING}, revocations {@code REVOKING}.
     *
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void intend(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            List<EdgeChange> changes,
            @Nullable Lease lease);

    default void intend(RunId run, Instant at, ResourceId resource, String document, List<EdgeChange> changes) {
        intend(run, at, resource, document, changes, null);
    }

    /**
     * Upkeep of one document: {@link EdgeResult.Stage} null before the call, then as it went; nobody moves in or out by it.
     *
     * @param what for people, e.g. {@code renews 3 leases}
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void upkeep(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            String what,
            EdgeResult.@Nullable Stage stage,
            @Nullable Lease lease);

    /**
     * After the call, and again after reading back.
     *
     * @param results of the one resource of the lease, if one is given
     * @return false: the lease is somebody else's by now. The ledger tells that these outcomes are not known; the edges are not touched,
     *     since what is so is the next holder's to say
     */
    boolean conclude(RunId run, List<EdgeResult> results, @Nullable Lease lease);

    default void conclude(RunId run, List<EdgeResult> results) {
        conclude(run, results, null);
    }

    /**
     * A read showed edges as recorded, or gone, without a call of ours in between.
     *
     * @param present edges that are there: their {@code provenAt} moves (written only if older than an hour or null)
     * @param gone recorded edges that are not there: closed, as somebody else's doing
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void witnessed(
            RunId run,
            Instant at,
            ResourceId resource,
            Collection<Principal> present,
            Collection<Principal> gone,
            @Nullable Lease lease);

    /**
     * On whose entitlement edges rest now; differences to the record are written, the rest costs nothing.
     *
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void hold(
            RunId run,
            Instant at,
            ResourceId resource,
            Map<Principal, List<EdgeRecord.Holding>> holdings,
            @Nullable Lease lease);

    /**
     * It is known from now on that these edges should go; keeps the first such moment.
     *
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void revocationDetected(
            RunId run, Instant at, ResourceId resource, Collection<Principal> principals, @Nullable Lease lease);

    /** A person's word, under an id of its own: it rests on nothing that was read before, so it can not be outdated. */
    void addHold(Hold hold);

    /** Those in force now. Cheap: asked before every write that grants. */
    List<Hold> holds();

    /**
     * A person's word about the one hold that they name.
     *
     * @return false if there is no such hold in force
     */
    boolean liftHold(HoldId hold, String actor, String reason, Instant at);

    /**
     * The record is being rebuilt from what stands in the clouds, where holds are not: from now on
     * {@link RecordView#holdsUnknown}, so nothing is granted. Coming late it keeps people out until somebody looks, and lets nobody in.
     *
     * @param by the run or the actor that found it
     */
    void holdsAreUnknown(String by, String reason, Instant at);

    /** Someone says that holds are complete again after a rebuild: a person's word, which no reading makes outdated. */
    void holdsAreComplete(String actor, String reason, Instant at);

    /**
     * Inserts or replaces cases by id, each only if it is recorded as the writer saw it: runs and people write them at the same time, and
     * neither a run that stalled nor a person who thought for long takes back what was decided meanwhile.
     *
     * @param seen what was recorded when the writer looked; of an id that is not among them nothing, or a closed one
     * @param by the run or the actor that did it, with the reason given
     * @return ids of those that were left as they are, because they have changed since
     */
    java.util.SortedSet<String> putCases(
            Collection<GuardCase> cases, Collection<GuardCase> seen, String by, String reason, Instant at);

    /** @throws LeaseLostException if the lease is somebody else's by now */
    void quarantine(RunId run, Collection<Quarantined> entries, @Nullable Lease lease);

    /**
     * Out of quarantine: accepted by the provider, or a person asked for a new attempt.
     *
     * @param lease of the resource that accepted them; null: a person's word
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void readmit(Collection<Principal> principals, String by, Instant at, @Nullable Lease lease);

    /**
     * Replaces the facts under these keys; a null-free map, an empty value removes the key.
     *
     * @param lease of the one run of everything, or of the resource that they are about
     * @throws LeaseLostException if the lease is somebody else's by now
     */
    void putBaseline(Map<String, String> facts, Instant at, @Nullable Lease lease);

    /**
     * Takes or renews a lease. Empty: somebody else holds it and it has not run out.
     *
     * @param owner unique to this holder, readable, e.g. {@code host/pid/run}
     */
    Optional<Lease> acquire(String name, String owner, Duration term, Instant now);

    /**
     * Leases that nobody has, as they are now: a write that is given one of them is recorded only if nobody has taken that lease since. From
     * a holder whose term has run out it is taken first, since it may still write.
     *
     * @param ranOut by when a term must have run out
     * @return by name; a name without one is somebody's now
     */
    Map<String, Lease> vacant(Collection<String> names, Instant ranOut);

    /** The holder now, for messages. */
    Optional<Lease> leaseOf(String name, Instant now);

    void release(Lease lease);

    @Override
    void close();

    /**
     * An edge found in the cloud.
     *
     * @param holdings whom it rests on as far as the source knows; may be empty
     */
    record AdoptedEdge(Principal principal, List<EdgeRecord.Holding> holdings) {}
}

package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.ledger.KeyChange;
import org.physionet.provisioner.store.ledger.Ledger;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identities;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.sql.Sql;

/** One writing transaction: state, the ledger records that tell it, and the identities that they use. */
public final class Recording {
    /** So many people or edges are told in one ledger record, so that none grows beyond what a reader takes at once. */
    private static final int TOLD_AT_ONCE = 500;

    /** What is recorded in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Recording recording) throws SQLException;
    }

    /** What is recorded in one transaction without an answer. */
    @FunctionalInterface
    public interface Step {
        void in(Recording recording) throws SQLException;
    }

    private final Sql sql;
    private final Ledger ledger;
    private final Identities people;
    private final Instant at;

    private Recording(Sql sql, Instant at) throws SQLException {
        this.sql = sql;
        this.at = at;
        this.ledger = Ledger.take(sql);
        this.people = new Identities(sql, ledger, at);
    }

    /** What is done to the ledger itself before the work. */
    @FunctionalInterface
    interface Before {
        void in(Sql sql) throws SQLException;
    }

    /** Does the work in one durable transaction that holds the ledger's head from its start. */
    public static <T> T of(Database database, Instant at, Work<T> work) {
        return of(database, at, sql -> {}, work);
    }

    static <T> T of(Database database, Instant at, Before before, Work<T> work) {
        return database.write(sql -> {
            before.in(sql);
            Recording recording = new Recording(sql, at);
            T result = work.in(recording);
            recording.ledger.flush();
            return result;
        });
    }

    public static void step(Database database, Instant at, Step step) {
        Recording.<Boolean>of(database, at, recording -> {
            step.in(recording);
            return true;
        });
    }

    /**
     * The same for what the one writer of something does.
     *
     * @param lease null: there is only one writer
     * @throws LeaseLostException if it is somebody else's; then nothing is recorded
     */
    public static void step(Database database, Instant at, @Nullable Lease lease, Step step) {
        step(database, at, recording -> {
            recording.requireHeld(lease);
            step.in(recording);
        });
    }

    /**
     * The same for what a run does.
     *
     * @throws IllegalArgumentException if the run has not begun; then nothing is recorded
     */
    public static void step(Database database, RunId run, Instant at, Step step) {
        step(database, at, recording -> {
            recording.requireBegun(run);
            step.in(recording);
        });
    }

    /**
     * The same for what the one writer of a resource does.
     *
     * @param lease null: there is only one writer
     * @throws LeaseLostException if it is somebody else's; then nothing is recorded
     */
    public static void step(Database database, RunId run, Instant at, @Nullable Lease lease, Step step) {
        step(database, run, at, recording -> {
            recording.requireHeld(lease);
            step.in(recording);
        });
    }

    /** Whether a lease is still its holder's, and will be until this transaction ends. */
    boolean holds(@Nullable Lease lease) throws SQLException {
        return lease == null || Leases.holds(sql, lease);
    }

    /** @throws LeaseLostException if the lease is somebody else's */
    private void requireHeld(@Nullable Lease lease) throws SQLException {
        if (lease != null && !Leases.holds(sql, lease)) {
            throw new LeaseLostException(lease);
        }
    }

    Sql sql() {
        return sql;
    }

    Identities people() {
        return people;
    }

    Instant at() {
        return at;
    }

    /** Tells what the engine saw by itself. */
    void tell(EventType type, Map<String, ?> payload) {
        ledger.append(at, type, Ledger.ENGINE, null, payload);
    }

    /** Tells what a run did; its actor is the run's. */
    void tell(EventType type, RunId run, Map<String, ?> payload) throws SQLException {
        ledger.append(at, type, findActorOf(run.value()).orElseThrow(), run.value(), payload);
    }

    /** Tells what a person did. */
    public void tell(EventType type, Identity actor, Map<String, ?> payload) {
        ledger.append(at, type, actor, null, payload);
    }

    /** Tells what a run or a person did, by whichever of the two the text names. */
    void tell(EventType type, String by, Map<String, ?> payload) throws SQLException {
        Optional<Identity> run = findActorOf(by);
        if (run.isPresent()) {
            ledger.append(at, type, run.get(), by, payload);
        } else {
            tell(type, people.actor(by), payload);
        }
    }

    /**
     * Forgets everything by which a researcher is known.
     *
     * @throws StoreException if something of it is still needed; the message says for what
     */
    public List<Erasure.KnownIdentity> erase(ResearcherId researcher, String actor, String reason) throws SQLException {
        List<Erasure.KnownIdentity> known = Erasure.of(sql, researcher);
        SortedSet<String> obstacles = new TreeSet<>();
        for (Erasure.KnownIdentity identity : known) {
            obstacles.addAll(Erasure.obstacles(sql, identity.identity()));
        }
        if (!obstacles.isEmpty()) {
            throw new StoreException(
                    "researcher " + researcher + " can not be forgotten while needed by "
                            + String.join(", by ", obstacles),
                    null);
        }
        if (!known.isEmpty()) {
            Identity by = people.actor(actor);
            Identity why = people.text(reason);
            for (Erasure.KnownIdentity forgotten : known) {
                Erasure.erase(sql, forgotten.identity(), at);
                tell(
                        EventType.ERASED,
                        by,
                        Map.of(
                                "ref",
                                forgotten.identity(),
                                "kind",
                                forgotten.identity().kind().text(),
                                "reason",
                                why));
            }
        }
        return known;
    }

    /** A proposed release was confirmed. */
    public void settle(String caseId) throws SQLException {
        Proposals.settled(sql, caseId);
    }

    /** From here on another key signs. */
    public void changeKey(KeyChange change, String actor, String reason) throws SQLException {
        Identity by = people.actor(actor);
        Map<String, @Nullable Object> told = new HashMap<>(change.payload());
        told.put("reason", people.text(reason));
        tell(EventType.KEY_CHANGED, by, told);
    }

    static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TOLD_AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + TOLD_AT_ONCE)));
        }
        return parts;
    }

    private void requireBegun(RunId run) throws SQLException {
        if (findActorOf(run.value()).isEmpty()) {
            throw new IllegalArgumentException(
                    "run " + run + ": expected a run that has begun, found none of that name; call beginRun first");
        }
    }

    private Optional<Identity> findActorOf(String run) throws SQLException {
        return sql.first(
                "select i.id, i.ref from run r join identity i on i.id = r.actor where r.id = ?",
                row -> new Identity(row.integer(1), row.text(2), Identity.Kind.ACTOR),
                run);
    }
}

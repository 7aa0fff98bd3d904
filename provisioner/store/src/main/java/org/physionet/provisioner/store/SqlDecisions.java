package org.physionet.provisioner.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.Acknowledgements;
import org.physionet.provisioner.engine.store.DriftDecisions;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.AcknowledgedTable;
import org.physionet.provisioner.store.state.CaseTable;
import org.physionet.provisioner.store.state.DriftDecisionTable;
import org.physionet.provisioner.store.state.PauseTable;
import org.physionet.provisioner.store.state.Proposals;
import org.physionet.provisioner.store.state.Recording;

/**
 * What admins decide beside holds: pauses, releases that wait for a second person, findings that are explained, drift, what is
 * forgotten.
 */
public final class SqlDecisions implements Acknowledgements, DriftDecisions {
    private final Database database;

    SqlDecisions(Database database) {
        this.database = database;
    }

    /**
     * Nothing moves from now on, as far as the pause reaches.
     *
     * @return the pause that does it: one of the same scope that is in force already, and then nothing is recorded
     */
    public Pause pause(Pause pause) {
        return Recording.of(database, pause.madeAt(), recording -> PauseTable.add(recording, pause));
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

    /**
     * The proposal was confirmed, and the case is put as it is now; one transaction.
     *
     * @param seen as whoever confirms saw it
     * @return false: it has changed since, and nothing is recorded
     */
    public boolean confirmed(GuardCase next, GuardCase seen, String by, String reason, Instant at) {
        return Recording.of(database, at, recording -> {
            boolean put = CaseTable.putIfAsSeen(recording, List.of(next), List.of(seen), by, reason)
                    .isEmpty();
            if (put) {
                recording.settle(next.id());
            }
            return put;
        });
    }

    @Override
    public void acknowledge(Acknowledged finding) {
        Recording.step(database, finding.acknowledgedAt(), recording -> AcknowledgedTable.put(recording, finding));
    }

    @Override
    public List<Acknowledged> acknowledged() {
        return database.read(AcknowledgedTable::all);
    }

    @Override
    public void decide(Decided decision) {
        Recording.step(database, decision.at(), recording -> DriftDecisionTable.put(recording, decision));
    }

    @Override
    public List<Decided> ignored(Instant at) {
        return database.read(sql -> DriftDecisionTable.ignored(sql, at));
    }

    /** Everything by which a researcher is known, all of which {@link #erase} forgets. */
    public List<Erasure.KnownIdentity> identitiesOf(ResearcherId researcher) {
        return database.read(sql -> Erasure.of(sql, researcher));
    }

    /**
     * Forgets everything by which a researcher is known: values, salts and spellings go for good, the ledger still verifies.
     * All of it, or nothing.
     *
     * @return what is forgotten; nothing is recorded if there is none
     * @throws StoreException if something is still needed to keep somebody out or to take access away; the message says for what
     */
    public List<Erasure.KnownIdentity> erase(ResearcherId researcher, String actor, String reason, Instant at) {
        return Recording.of(database, at, recording -> recording.erase(researcher, actor, reason));
    }
}

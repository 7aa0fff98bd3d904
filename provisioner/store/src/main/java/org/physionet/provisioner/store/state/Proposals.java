package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Releases that one person wants and another has to confirm; one a case. */
public final class Proposals {
    /**
     * One of them.
     *
     * @param proposer who must not confirm it, in whatever form the caller compares people
     * @param actor who proposed it, for people
     * @param members a digest of who is meant
     */
    public record Proposal(String proposer, String actor, String members) {}

    private Proposals() {}

    /** Replaces an earlier one of the case. */
    public static void put(Recording recording, String caseId, Proposal proposal, String reason) throws SQLException {
        Identity actor = recording.people().actor(proposal.actor());
        Identity why = recording.people().text(reason);
        recording
                .sql()
                .update(
                        "insert into release_proposal (case_id, proposer, actor, members, made_at) values (?, ?, ?, ?, ?)"
                                + " on conflict (case_id) do update set proposer = excluded.proposer, actor = excluded.actor,"
                                + " members = excluded.members, made_at = excluded.made_at",
                        caseId,
                        proposal.proposer(),
                        actor.id(),
                        proposal.members(),
                        recording.at());
        recording.tell(
                EventType.RELEASE_PROPOSED,
                actor,
                Map.of("case", caseId, "members", proposal.members(), "reason", why));
    }

    public static Optional<Proposal> of(Sql sql, String caseId) throws SQLException {
        return sql.first(
                "select p.proposer, a.value, p.members from release_proposal p join identity a on a.id = p.actor"
                        + " where p.case_id = ?",
                row -> new Proposal(row.text(1), Erasure.shown(row.textOrNull(2)), row.text(3)),
                caseId);
    }

    /** It was confirmed: the case's own record tells by whom. */
    public static void settled(Sql sql, String caseId) throws SQLException {
        sql.update("delete from release_proposal where case_id = ?", caseId);
    }
}

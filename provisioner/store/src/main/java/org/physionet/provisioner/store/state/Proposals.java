package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Releases that one person wants and another has to confirm; one a case. */
public final class Proposals {
    private static final String TAG = "tag";

    /** Whether somebody is the one who proposed. */
    public enum Proposer {
        THIS,
        ANOTHER,
        /** The proposal came back from a published ledger, and nothing here says whose it was. */
        NOT_KNOWN
    }

    /**
     * One of them.
     *
     * @param proposer who must not confirm it, in whatever form the caller compares people; after a loss of the record {@code tag KEY TAG},
     *     or empty: not known
     * @param actor who proposed it, for people
     * @param members a digest of who is meant
     */
    public record Proposal(String proposer, String actor, String members) {
        /** @param tags of the ledger's key as it is now; null: there is none */
        public Proposer by(String person, @Nullable Tags tags) {
            String[] words = proposer.split(" ", 3);
            boolean tagged = words.length == 3 && words[0].equals(TAG);
            if (proposer.isEmpty() || tagged && (tags == null || !tags.key().equals(words[1]))) {
                return Proposer.NOT_KNOWN;
            }
            boolean same = tagged && tags != null
                    ? tags.of(Identity.Kind.ACTOR.text(), person).equals(words[2])
                    : proposer.equals(person);
            return same ? Proposer.THIS : Proposer.ANOTHER;
        }
    }

    static String tagged(String key, String tag) {
        return String.join(" ", TAG, key, tag);
    }

    private Proposals() {}

    /** Replaces an earlier one of the case. */
    public static void put(Recording recording, String caseId, Proposal proposal, String reason) throws SQLException {
        Identity actor = recording.people().actor(proposal.actor());
        Identity who = recording.people().actor(proposal.proposer());
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
                Map.of("case", caseId, "members", proposal.members(), "proposer", who, "reason", why));
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

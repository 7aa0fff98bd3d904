package org.physionet.provisioner.store.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.physionet.provisioner.store.ledger.LedgerRecord;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Releases from a ledger that is taken in, which wait for a second person: they wait on. Who proposed one is told by name, or by the tag
 * of their name, so that the same person can not confirm it.
 */
final class RestoredProposals {
    /** One that nobody has confirmed so far. */
    private record Waiting(String actor, String proposer, String members, Instant at) {}

    private final Sql sql;
    private final RestoredCases.References references;
    private final Map<String, Waiting> waiting = new TreeMap<>();
    private final Map<String, String> tags = new HashMap<>();

    RestoredProposals(Sql sql, RestoredCases.References references) {
        this.sql = sql;
        this.references = references;
    }

    /** The newest tag of each reference counts: after a change of the key there is one of the new key. */
    void tagged(String key, Map<String, String> of) {
        of.forEach((ref, tag) -> tags.put(ref, Proposals.tagged(key, tag)));
    }

    void proposed(LedgerRecord record, JsonNode payload) {
        waiting.put(
                payload.path("case").asText(),
                new Waiting(
                        record.actor(),
                        payload.path("proposer").asText(),
                        payload.path("members").asText(),
                        record.at()));
    }

    /** A person has released more of a case than was released before. */
    void released(String caseId) throws SQLException {
        waiting.remove(caseId);
        Proposals.settled(sql, caseId);
    }

    void write() throws SQLException {
        for (Map.Entry<String, Waiting> each : waiting.entrySet()) {
            Waiting one = each.getValue();
            sql.update(
                    "insert into release_proposal (case_id, proposer, actor, members, made_at) values (?, ?, ?, ?, ?)"
                            + " on conflict (case_id) do update set proposer = excluded.proposer, actor = excluded.actor,"
                            + " members = excluded.members, made_at = excluded.made_at",
                    each.getKey(),
                    proposer(one.proposer()),
                    references.id(one.actor()),
                    one.members(),
                    one.at());
        }
    }

    private String proposer(String ref) throws SQLException {
        return sql.first("select value from identity where ref = ? and value is not null", row -> row.text(1), ref)
                .orElse(tags.getOrDefault(ref, ""));
    }
}

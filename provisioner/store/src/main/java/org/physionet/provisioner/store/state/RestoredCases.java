package org.physionet.provisioner.store.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Cases of guards from a ledger that is taken in, and the baseline that their causes are told from: a release that was given is not asked
 * for again, and what was held stays held under the same id.
 */
final class RestoredCases {
    /** Finds whom a reference stands for. */
    interface References {
        int id(String ref) throws SQLException;
    }

    private final Sql sql;
    private final References references;

    RestoredCases(Sql sql, References references) {
        this.sql = sql;
        this.references = references;
    }

    /** @return whether more of it is released now than before */
    boolean put(JsonNode payload) throws SQLException {
        String id = payload.path("case").asText();
        int before = sql.first(
                        "select count(*) from case_member where case_id = ? and released = ?",
                        row -> row.integer(1),
                        id,
                        true)
                .orElse(0);
        sql.update(
                "insert into guard_case (id, kind, cause, systemic, opened_at, state, deferred_until)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set kind = excluded.kind,"
                        + " cause = excluded.cause, systemic = excluded.systemic, opened_at = excluded.opened_at,"
                        + " state = excluded.state, deferred_until = excluded.deferred_until",
                id,
                payload.path("kind").asText(),
                payload.path("cause").asText(),
                payload.path("systemic").asBoolean(),
                Instant.parse(payload.path("openedAt").asText()),
                payload.path("state").asText(),
                deferredUntil(payload));
        sql.update("delete from case_member where case_id = ?", id);
        members(id, payload.path("members"), false);
        members(id, payload.path("released"), true);
        return payload.path("released").size() > before;
    }

    private static @Nullable Instant deferredUntil(JsonNode payload) {
        JsonNode until = payload.path("deferredUntil");
        return until.isTextual() ? Instant.parse(until.asText()) : null;
    }

    private void members(String id, JsonNode members, boolean released) throws SQLException {
        for (JsonNode member : members) {
            sql.update(
                    "insert into case_member (case_id, person, dataset, released) values (?, ?, ?, ?)",
                    id,
                    references.id(member.path("person").asText()),
                    member.path("dataset").asText(),
                    released);
        }
    }

    void baseline(JsonNode payload, Instant at) throws SQLException {
        for (Map.Entry<String, JsonNode> fact : payload.path("facts").properties()) {
            if (fact.getValue().asText().isEmpty()) {
                sql.update("delete from baseline where fact = ?", fact.getKey());
            } else {
                sql.update(
                        "insert into baseline (fact, value, set_at) values (?, ?, ?) on conflict (fact) do update"
                                + " set value = excluded.value, set_at = excluded.set_at",
                        fact.getKey(),
                        fact.getValue().asText(),
                        at);
            }
        }
    }
}

package org.physionet.provisioner.store.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.ledger.LedgerReader;
import org.physionet.provisioner.store.ledger.LedgerRecord;
import org.physionet.provisioner.store.sql.Sql;

/** Second reading of a ledger that is taken in: the records themselves, and the state that is nowhere else: holds, quarantine, places, cases. */
final class RestoredState implements LedgerReader.Visitor {
    private static final Pattern REFERENCE = Pattern.compile("ref-[0-9a-f]{32}");

    private record Row(int id, String kind, @Nullable String value) {}

    private final Sql sql;
    private final long after;
    private final RestoredCases cases;
    private final RestoredProposals proposals;
    private final Map<String, Optional<Row>> rows = new HashMap<>();
    private final Map<ResourceId, Map<ResearcherId, String>> places = new TreeMap<>();
    private final Map<ResourceId, SortedSet<String>> documents = new TreeMap<>();
    private long last;
    private String head = "";

    RestoredState(Sql sql, long after) {
        this.sql = sql;
        this.after = after;
        this.last = after;
        this.cases = new RestoredCases(sql, this::id);
        this.proposals = new RestoredProposals(sql, this::id);
    }

    @Override
    public void tagged(String key, Map<String, String> of) {
        proposals.tagged(key, of);
    }

    @Override
    public void record(LedgerRecord record, JsonNode payload, Map<String, String> commitments) throws SQLException {
        if (record.type().equals(EventType.PLACES_SET.text())) {
            places(payload);
        }
        if (record.seq() <= last) {
            return;
        }
        last = record.seq();
        head = record.hash();
        sql.update(
                "insert into ledger (seq, at, type, actor, run, payload, prev, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
                record.seq(),
                record.at(),
                record.type(),
                record.actor(),
                record.run(),
                record.payload(),
                record.prev(),
                record.hash());
        if (commitments.isEmpty()) {
            subjects(record);
        }
        apply(record, payload);
    }

    private void subjects(LedgerRecord record) throws SQLException {
        Matcher found = REFERENCE.matcher(record.payload());
        while (found.find()) {
            Optional<Row> row = row(found.group());
            if (row.isPresent()
                    && (row.get().kind().equals("researcher")
                            || row.get().kind().equals("principal"))) {
                sql.update(
                        "insert into ledger_subject (identity, seq) values (?, ?) on conflict (identity, seq) do nothing",
                        row.get().id(),
                        record.seq());
            }
        }
    }

    private void apply(LedgerRecord record, JsonNode payload) throws SQLException {
        String type = record.type();
        if (type.equals(EventType.HOLD_ADDED.text())) {
            addHold(record, payload);
        } else if (type.equals(EventType.HOLD_LIFTED.text())) {
            sql.update(
                    "update hold set lifted_at = ?, lifted_by = ?, lift_reason = ? where id = ?",
                    record.at(),
                    id(record.actor()),
                    id(payload.path("reason").asText()),
                    payload.path("hold").asText());
        } else if (type.equals(EventType.CASES_PUT.text())) {
            if (cases.put(payload) && record.run() == null) {
                proposals.released(payload.path("case").asText());
            }
        } else if (type.equals(EventType.RELEASE_PROPOSED.text())) {
            proposals.proposed(record, payload);
        } else if (type.equals(EventType.BASELINE_PUT.text())) {
            cases.baseline(payload, record.at());
        } else if (type.equals(EventType.PAUSED.text())) {
            sql.update(
                    "insert into pause (id, provider, dataset, actor, reason, made_at) values (?, ?, ?, ?, ?, ?)",
                    payload.path("pause").asText(),
                    textOrNull(payload, "provider"),
                    textOrNull(payload, "dataset"),
                    id(record.actor()),
                    id(payload.path("reason").asText()),
                    record.at());
        } else if (type.equals(EventType.RESUMED.text())) {
            sql.update(
                    "update pause set ended_at = ?, ended_by = ?, end_reason = ? where id = ?",
                    record.at(),
                    id(record.actor()),
                    id(payload.path("reason").asText()),
                    payload.path("pause").asText());
        } else if (type.equals(EventType.DRIFT_DECIDED.text())) {
            sql.update(
                    DriftDecisionTable.INSERT,
                    payload.path("finding").asText(),
                    payload.path("kind").asText(),
                    payload.path("resource").asText(),
                    idOrNull(payload, "principal"),
                    payload.path("choice").asText(),
                    id(payload.path("found").asText()),
                    payload.path("fingerprint").asText(),
                    payload.path("until").isTextual()
                            ? Instant.parse(payload.get("until").asText())
                            : null,
                    id(record.actor()),
                    id(payload.path("reason").asText()),
                    record.at());
        } else if (type.equals(EventType.QUARANTINED.text())) {
            for (JsonNode entry : payload.path("entries")) {
                quarantine(entry);
            }
        } else if (type.equals(EventType.READMITTED.text())) {
            for (JsonNode principal : payload.path("principals")) {
                sql.update(
                        "update quarantine set ended_at = ? where principal = ? and ended_at is null",
                        record.at(),
                        id(principal.asText()));
            }
        }
    }

    private void addHold(LedgerRecord record, JsonNode payload) throws SQLException {
        String hold = payload.path("hold").asText();
        sql.update(
                "insert into hold (id, kind, researcher, principal, dataset, until_at, actor, reason, made_at, label)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                hold,
                payload.path("kind").asText(),
                idOrNull(payload, "researcher"),
                idOrNull(payload, "principal"),
                textOrNull(payload, "dataset"),
                payload.path("until").isTextual()
                        ? Instant.parse(payload.get("until").asText())
                        : null,
                id(record.actor()),
                id(payload.path("reason").asText()),
                record.at(),
                idOrNull(payload, "label"));
        for (JsonNode identity : payload.path("identities")) {
            sql.update("insert into hold_identity (hold, principal) values (?, ?)", hold, id(identity.asText()));
        }
        for (JsonNode waiver : payload.path("waives")) {
            String[] parts = waiver.asText().split(":", 2);
            sql.update(
                    "insert into hold_waiver (hold, reason, training) values (?, ?, ?)",
                    hold,
                    parts[0],
                    parts.length == 2 ? parts[1] : "");
        }
    }

    private void quarantine(JsonNode entry) throws SQLException {
        int principal = id(entry.path("principal").asText());
        sql.update("delete from quarantine where principal = ? and ended_at is null", principal);
        sql.update(
                "insert into quarantine (principal, resource, reason, confirmed, refusals, since_at, retry_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                principal,
                entry.path("resource").asText(),
                id(entry.path("reason").asText()),
                entry.path("confirmed").asBoolean(),
                entry.path("refusals").asInt(),
                Instant.parse(entry.path("since").asText()),
                Instant.parse(entry.path("retryAt").asText()));
    }

    /** Of the whole ledger: the tables that hold them may have been lost with the resources that they refer to. */
    private void places(JsonNode payload) throws SQLException {
        ResourceId resource = new ResourceId(payload.path("resource").asText());
        payload.path("documents")
                .forEach(d -> documents
                        .computeIfAbsent(resource, r -> new TreeSet<>())
                        .add(d.asText()));
        for (JsonNode place : payload.path("places")) {
            Optional<Row> holder = row(place.path("holder").asText());
            if (holder.isPresent() && holder.get().value() != null) {
                places.computeIfAbsent(resource, r -> new TreeMap<>())
                        .put(
                                new ResearcherId(holder.get().value()),
                                place.path("document").asText());
            }
        }
    }

    /** Where people stood last, as far as they are known. */
    Map<ResourceId, Places> places() {
        Map<ResourceId, Places> all = new TreeMap<>();
        places.forEach((resource, holders) -> all.put(
                resource, new Places(documents.getOrDefault(resource, new TreeSet<>()), new TreeMap<>(holders))));
        return all;
    }

    /** The last record that is there now. */
    long last() {
        return last;
    }

    /** Moves the ledger's head to the last record that was taken in. */
    void finish() throws SQLException {
        proposals.write();
        if (last > after) {
            sql.update("update ledger_head set seq = ?, hash = ? where id = 1", last, head);
        }
    }

    /** Holds in force at an instant that are on somebody who could not be found; by id. */
    List<String> unmatched(Instant at) throws SQLException {
        return new ArrayList<>(sql.list(
                "select h.id from hold h left join identity r on r.id = h.researcher"
                        + " left join identity p on p.id = h.principal"
                        + " where h.lifted_at is null and (h.until_at is null or h.until_at >= ?)"
                        + " and ((h.researcher is not null and r.value is null)"
                        + " or (h.principal is not null and p.value is null)) order by h.id",
                row -> row.text(1),
                at));
    }

    private @Nullable Integer idOrNull(JsonNode payload, String field) throws SQLException {
        return payload.path(field).isTextual() ? id(payload.get(field).asText()) : null;
    }

    private static @Nullable String textOrNull(JsonNode payload, String field) {
        return payload.path(field).isTextual() ? payload.get(field).asText() : null;
    }

    private int id(String ref) throws SQLException {
        return row(ref).orElseThrow(() -> new SQLException("the ledger uses " + ref + " before it introduces it"))
                .id();
    }

    private Optional<Row> row(String ref) throws SQLException {
        Optional<Row> known = rows.get(ref);
        if (known == null) {
            known = sql.first(
                    "select id, kind, value from identity where ref = ?",
                    row -> new Row(row.integer(1), row.text(2), row.textOrNull(3)),
                    ref);
            rows.put(ref, known);
        }
        return known;
    }
}

package org.physionet.provisioner.store.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.ledger.LedgerReader;
import org.physionet.provisioner.store.ledger.LedgerRecord;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Sql;

/** First reading of a ledger that is taken in: which references the record lacks, and whom each stands for, as far as it can be known. */
final class RestoredIdentities implements LedgerReader.Visitor {
    /** What is known of one reference. */
    private record Known(
            String value,
            @Nullable String spelling,
            @Nullable String salt) {}

    private record Introduced(long seq, String kind, String commitment) {}

    private final long after;
    private final @Nullable Tags tags;
    private final Map<String, Known> candidates;
    private final Map<String, Introduced> introduced = new LinkedHashMap<>();
    private final Map<String, Known> known = new HashMap<>();
    private final Set<String> erased = new HashSet<>();

    /**
     * @param after the last record that is there already
     * @param people by tag, whom a reference may stand for
     */
    RestoredIdentities(long after, @Nullable Tags tags, Restoration.People people) {
        this.after = after;
        this.tags = tags;
        this.candidates = tags == null ? Map.of() : candidates(tags, people);
    }

    private static Map<String, Known> candidates(Tags tags, Restoration.People people) {
        Map<String, Known> all = new HashMap<>();
        people.researchers()
                .forEach(r ->
                        all.put(tags.of(Identity.Kind.RESEARCHER.text(), r.value()), new Known(r.value(), null, null)));
        people.principals().forEach(p -> {
            String value = Principals.value(p);
            String spelling = Principals.spelling(p);
            all.put(tags.of(Identity.Kind.PRINCIPAL.text(), value), new Known(value, spelling, null));
        });
        return all;
    }

    @Override
    public void record(LedgerRecord record, JsonNode payload, Map<String, String> commitments) {
        if (record.type().equals(EventType.ERASED.text())) {
            erased.add(payload.path("ref").asText());
        }
        if (record.seq() > after) {
            commitments.forEach((ref, committed) -> {
                int space = committed.indexOf(' ');
                introduced.put(
                        ref,
                        new Introduced(record.seq(), committed.substring(0, space), committed.substring(space + 1)));
            });
        }
    }

    @Override
    public void named(String ref, String kind, String salt, String value) {
        known.put(ref, new Known(value, null, salt));
    }

    @Override
    public void tagged(String key, Map<String, String> of) {
        if (tags == null || !tags.key().equals(key)) {
            return;
        }
        of.forEach((ref, tag) -> {
            Known candidate = candidates.get(tag);
            if (candidate != null) {
                known.putIfAbsent(ref, candidate);
            }
        });
    }

    /** Writes the missing rows. @return how many references stand for nobody who could be found */
    int write(Sql sql, java.time.Instant at) throws SQLException {
        for (String ref : erased) {
            sql.update(
                    "update identity set value = null, salt = null, spelling = null, lookup = null,"
                            + " erased_at = coalesce(erased_at, ?) where ref = ?",
                    at,
                    ref);
        }
        int id = sql.first("select coalesce(max(id), 0) from identity", row -> row.integer(1))
                .orElse(0);
        int nobody = 0;
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Map.Entry<String, Introduced> each : introduced.entrySet()) {
            Introduced one = each.getValue();
            Known who = erased.contains(each.getKey()) ? null : known.get(each.getKey());
            boolean person = one.kind().equals("researcher") || one.kind().equals("principal");
            nobody += who == null && person ? 1 : 0;
            rows.add(new @Nullable Object[] {
                ++id,
                each.getKey(),
                one.kind(),
                who == null ? null : who.salt(),
                who == null ? null : who.value(),
                who == null ? null : who.spelling(),
                who == null ? null : Identity.lookup(Identity.Kind.ofText(one.kind()), who.value()),
                one.commitment(),
                one.seq(),
                who == null ? at : null
            });
        }
        sql.batch(
                "insert into identity (id, ref, kind, salt, value, spelling, lookup, commitment, introduced_seq, erased_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
        return nobody;
    }
}

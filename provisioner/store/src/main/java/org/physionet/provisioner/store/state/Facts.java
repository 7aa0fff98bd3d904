package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Single facts: the baseline of requirements and catalog, the source's size, whether holds are complete. */
public final class Facts {
    private static final String HOLDS = "holds";
    private static final String UNKNOWN = "unknown";

    private Facts() {}

    /** Those of the facts that the record has differently. */
    public static SortedMap<String, String> differences(Sql sql, Map<String, String> facts) throws SQLException {
        Map<String, String> before = baseline(sql);
        SortedMap<String, String> different = new TreeMap<>();
        facts.forEach((fact, value) -> {
            if (!value.equals(before.getOrDefault(fact, ""))) {
                different.put(fact, value);
            }
        });
        return different;
    }

    public static void putBaseline(Recording recording, Map<String, String> facts) throws SQLException {
        SortedMap<String, String> different = differences(recording.sql(), facts);
        if (different.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> put = new ArrayList<>();
        List<@Nullable Object[]> removed = new ArrayList<>();
        different.forEach((fact, value) -> {
            if (value.isEmpty()) {
                removed.add(new @Nullable Object[] {fact});
            } else {
                put.add(new @Nullable Object[] {fact, value, recording.at()});
            }
        });
        recording
                .sql()
                .batch(
                        "insert into baseline (fact, value, set_at) values (?, ?, ?) on conflict (fact) do update"
                                + " set value = excluded.value, set_at = excluded.set_at",
                        put);
        recording.sql().batch("delete from baseline where fact = ?", removed);
        recording.tell(EventType.BASELINE_PUT, Map.of("facts", different));
    }

    static SortedMap<String, String> baseline(Sql sql) throws SQLException {
        SortedMap<String, String> baseline = new TreeMap<>();
        sql.each("select fact, value from baseline", row -> baseline.put(row.text(1), row.text(2)));
        return baseline;
    }

    public static void sourceSeen(Recording recording, SourceCounts counts) throws SQLException {
        recording
                .sql()
                .update(
                        "insert into source_counts (seq, taken_at, researchers, datasets, certificates, agreements, approvals, accounts)"
                                + " select coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ? from source_counts",
                        counts.takenAt(),
                        counts.researchers(),
                        counts.datasets(),
                        counts.certificates(),
                        counts.agreements(),
                        counts.approvals(),
                        counts.accounts());
        recording.tell(
                EventType.SOURCE_SEEN,
                Map.of(
                        "takenAt", counts.takenAt(),
                        "researchers", counts.researchers(),
                        "datasets", counts.datasets(),
                        "certificates", counts.certificates(),
                        "agreements", counts.agreements(),
                        "approvals", counts.approvals(),
                        "accounts", counts.accounts()));
    }

    static Optional<SourceCounts> sourceCounts(Sql sql) throws SQLException {
        return sql.first(
                "select taken_at, researchers, datasets, certificates, agreements, approvals, accounts from source_counts"
                        + " order by taken_at desc, seq desc limit 1",
                row -> new SourceCounts(
                        row.instant(1),
                        row.integer(2),
                        row.integer(3),
                        row.integer(4),
                        row.integer(5),
                        row.integer(6),
                        row.integer(7)));
    }

    public static void holdsUnknown(Recording recording, String actor, String reason) throws SQLException {
        recording
                .sql()
                .update(
                        "insert into flag (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
                        HOLDS,
                        UNKNOWN);
        told(recording, EventType.HOLDS_UNKNOWN, actor, reason);
    }

    public static void holdsComplete(Recording recording, String actor, String reason) throws SQLException {
        recording.sql().update("delete from flag where name = ?", HOLDS);
        told(recording, EventType.HOLDS_COMPLETE, actor, reason);
    }

    private static void told(Recording recording, EventType type, String actor, String reason) throws SQLException {
        Identity why = recording.people().text(reason);
        recording.tell(type, actor, Map.of("reason", why));
    }

    static boolean holdsUnknown(Sql sql) throws SQLException {
        return sql.first("select value from flag where name = ?", row -> row.text(1), HOLDS)
                .filter(UNKNOWN::equals)
                .isPresent();
    }
}

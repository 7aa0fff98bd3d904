package org.physionet.provisioner.store.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.store.sql.Sql;

/**
 * The ledger's end, held by one transaction: what it appends is in the database when {@link #flush} and the commit are done.
 * Whoever wants to append waits for the head row, also across processes, so numbers have no gaps and the chain no forks.
 */
public final class Ledger {
    /** Who acted where nobody in particular did. */
    public static final String ENGINE = "engine";

    private final Sql sql;
    private final long first;
    private long seq;
    private String hash;
    private final List<LedgerRecord> waiting = new ArrayList<>();
    private final Map<Long, List<Integer>> subjects = new TreeMap<>();

    private Ledger(Sql sql, long seq, String hash) {
        this.sql = sql;
        this.first = seq + 1;
        this.seq = seq;
        this.hash = hash;
    }

    /** Takes the head for this transaction; must be its first statement, so that all it reads is current. */
    public static Ledger take(Sql sql) throws SQLException {
        return sql.first(
                        "update ledger_head set seq = seq where id = 1 returning seq, hash",
                        row -> new Ledger(sql, row.number(1), row.text(2)))
                .orElseThrow(() -> new SQLException("table ledger_head has no row: the record is damaged"));
    }

    /**
     * Appends one record.
     *
     * @param actor a {@link Reference}, or {@link #ENGINE}
     * @return its number
     */
    public long append(Instant at, EventType type, Object actor, @Nullable String run, Map<String, ?> payload) {
        long number = ++seq;
        String text = CanonicalJson.of(payload, reference -> {
            if (reference.subject()) {
                subjects.computeIfAbsent(number, n -> new ArrayList<>()).add(reference.id());
            }
        });
        String who = actor instanceof Reference reference ? reference.ref() : (String) actor;
        LedgerRecord entry =
                LedgerRecord.after(hash, number, at.truncatedTo(ChronoUnit.MICROS), type.text(), who, run, text);
        hash = entry.hash();
        waiting.add(entry);
        return number;
    }

    /** Writes what was appended. Nothing else may be appended in this transaction afterwards. */
    public void flush() throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(waiting.size());
        for (LedgerRecord entry : waiting) {
            rows.add(new @Nullable Object[] {
                entry.seq(),
                entry.at(),
                entry.type(),
                entry.actor(),
                entry.run(),
                entry.payload(),
                entry.prev(),
                entry.hash()
            });
        }
        sql.batch(
                "insert into ledger (seq, at, type, actor, run, payload, prev, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
        List<@Nullable Object[]> mentions = new ArrayList<>();
        subjects.forEach((number, identities) -> identities.stream()
                .distinct()
                .forEach(identity -> mentions.add(new @Nullable Object[] {identity, number})));
        sql.batch("insert into ledger_subject (identity, seq) values (?, ?)", mentions);
        int moved =
                sql.update("update ledger_head set seq = ?, hash = ? where id = 1 and seq = ?", seq, hash, first - 1);
        if (moved != 1) {
            throw new SQLException("the ledger's head moved under a transaction that held it");
        }
        waiting.clear();
    }
}

package org.physionet.provisioner.store.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** Records of the ledger as lines, each with what belongs to it: names, tags. */
final class RecordLines {
    /** The columns that {@link #record} reads, in order. */
    static final String COLUMNS = "seq, at, type, actor, run, payload, prev, hash";

    private static final int TAGS_IN_A_LINE = 1_000;

    private final Sql sql;
    private final Appendable out;
    private final LedgerExport.People people;
    private final @Nullable Tags tags;
    private final boolean retag;
    private long records;
    private long seq;
    private String head;

    /**
     * @param tags null: no tags are written
     * @param retag after a change of the key, everybody introduced before it gets a tag of the new one
     */
    RecordLines(Sql sql, Appendable out, LedgerExport.People people, @Nullable Tags tags, boolean retag, String head) {
        this.sql = sql;
        this.out = out;
        this.people = people;
        this.tags = tags;
        this.retag = retag;
        this.head = head;
    }

    long records() {
        return records;
    }

    /** The last record's number, 0 if none was written. */
    long seq() {
        return seq;
    }

    String head() {
        return head;
    }

    void record(Row row) throws SQLException {
        seq = row.number(1);
        String type = row.text(3);
        String prev = row.text(7);
        head = row.text(8);
        LedgerRecord entry =
                new LedgerRecord(seq, row.instant(2), type, row.text(4), row.textOrNull(5), row.text(6), prev, head);
        line("{\"entry\":" + entry.entry() + ",\"hash\":\"" + head + "\",\"prev\":\"" + prev + "\"}");
        records++;
        if (type.equals(EventType.IDENTITIES.text())) {
            if (people == LedgerExport.People.NAMED) {
                sql.each(
                        "select kind, ref, salt, value from identity where introduced_seq = ? and value is not null"
                                + " and salt is not null order by id",
                        this::identity,
                        seq);
            }
            tags("introduced_seq = ?", seq);
        } else if (retag && type.equals(EventType.KEY_CHANGED.text())) {
            tags("introduced_seq < ?", seq);
        }
    }

    private void identity(Row row) throws SQLException {
        String kind = row.text(1);
        String ref = row.text(2);
        String salt = row.text(3);
        String value = row.text(4);
        line(CanonicalJson.of(Map.of("identity", Map.of("kind", kind, "ref", ref, "salt", salt, "value", value))));
    }

    /** Of researchers, accounts and who acted: nobody can try all words that somebody may have written. */
    private void tags(String which, long bound) throws SQLException {
        if (tags == null) {
            return;
        }
        Tags own = tags;
        Map<String, String> some = new TreeMap<>();
        sql.each(
                "select ref, kind, value from identity where " + which
                        + " and value is not null and kind in ('researcher', 'principal', 'actor') order by id",
                row -> {
                    some.put(row.text(1), own.of(row.text(2), row.text(3)));
                    if (some.size() == TAGS_IN_A_LINE) {
                        tagLine(own, some);
                    }
                },
                bound);
        tagLine(own, some);
    }

    private void tagLine(Tags own, Map<String, String> some) {
        if (!some.isEmpty()) {
            line(CanonicalJson.of(Map.of("tags", Map.of("key", own.key(), "of", some))));
            some.clear();
        }
    }

    void line(String line) {
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

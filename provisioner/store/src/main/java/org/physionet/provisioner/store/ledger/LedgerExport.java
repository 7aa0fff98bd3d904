package org.physionet.provisioner.store.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Writes the ledger as lines of JSON that {@link LedgerVerifier} checks without the database.
 *
 * <ul>
 *   <li>first {@code {"ledger":{"format":1,"genesis":…}}};
 *   <li>each record as {@code {"entry":ENTRY,"hash":…,"prev":…}}, ENTRY as {@link LedgerRecord} says;
 *   <li>with {@link People#NAMED}, after a record that introduces references, one line for each that is not erased:
 *       {@code {"identity":{"kind","ref","salt","value"}}}, which the record's commitment proves;
 *   <li>last {@code {"end":{"head":…,"records":…}}}, so that a cut file shows.
 * </ul>
 */
public final class LedgerExport {
    static final int FORMAT = 1;

    /** Whether the export says who people are. */
    public enum People {
        /** References only: nobody learns a name from the file. */
        OPAQUE,
        /** With what is behind the references, as far as it is not erased: for a restore, or for an auditor who may know. */
        NAMED
    }

    /** @param head the last record's hash, {@link LedgerRecord#GENESIS} if there is none: note it elsewhere to recognise a cut */
    public record Summary(long records, String head) {}

    private final Sql sql;
    private final Appendable out;
    private final People people;
    private long records;
    private String head = LedgerRecord.GENESIS;

    private LedgerExport(Sql sql, Appendable out, People people) {
        this.sql = sql;
        this.out = out;
        this.people = people;
    }

    /** @throws UncheckedIOException if the lines can not be written */
    public static Summary write(Sql sql, Appendable out, People people) throws SQLException {
        LedgerExport export = new LedgerExport(sql, out, people);
        export.line(Map.of("ledger", Map.of("format", FORMAT, "genesis", LedgerRecord.GENESIS)));
        sql.each("select seq, at, type, actor, run, payload, prev, hash from ledger order by seq", export::entry);
        export.line(Map.of("end", Map.of("head", export.head, "records", export.records)));
        return new Summary(export.records, export.head);
    }

    private void entry(Row row) throws SQLException {
        long seq = row.number(1);
        String type = row.text(3);
        String prev = row.text(7);
        head = row.text(8);
        LedgerRecord entry =
                new LedgerRecord(seq, row.instant(2), type, row.text(4), row.textOrNull(5), row.text(6), prev, head);
        line("{\"entry\":" + entry.entry() + ",\"hash\":\"" + head + "\",\"prev\":\"" + prev + "\"}");
        records++;
        if (people == People.NAMED && type.equals(EventType.IDENTITIES.text())) {
            sql.each(
                    "select kind, ref, salt, value from identity where introduced_seq = ? and value is not null order by id",
                    this::identity,
                    seq);
        }
    }

    private void identity(Row row) throws SQLException {
        String kind = row.text(1);
        String ref = row.text(2);
        String salt = row.text(3);
        String value = row.text(4);
        line(Map.of("identity", Map.of("kind", kind, "ref", ref, "salt", salt, "value", value)));
    }

    private void line(Map<String, ?> json) {
        line(CanonicalJson.of(json));
    }

    private void line(String line) {
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

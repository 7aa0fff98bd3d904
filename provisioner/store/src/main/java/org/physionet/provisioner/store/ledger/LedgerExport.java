package org.physionet.provisioner.store.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
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

    private final Appendable out;
    private final Queue<Introduced> introduced;
    private long records;
    private String head = LedgerRecord.GENESIS;

    private record Introduced(long seq, String line) {}

    private LedgerExport(Appendable out, Queue<Introduced> introduced) {
        this.out = out;
        this.introduced = introduced;
    }

    /** @throws UncheckedIOException if the lines can not be written */
    public static Summary write(Sql sql, Appendable out, People people) throws SQLException {
        Queue<Introduced> identities = new ArrayDeque<>();
        if (people == People.NAMED) {
            sql.each(
                    "select introduced_seq, kind, ref, salt, value from identity where erased_at is null"
                            + " order by introduced_seq, id",
                    row -> identities.add(new Introduced(
                            row.number(1),
                            CanonicalJson.of(Map.of(
                                    "identity",
                                    Map.of(
                                            "kind",
                                            row.text(2),
                                            "ref",
                                            row.text(3),
                                            "salt",
                                            row.text(4),
                                            "value",
                                            row.text(5)))))));
        }
        LedgerExport export = new LedgerExport(out, identities);
        export.line(CanonicalJson.of(Map.of("ledger", Map.of("format", FORMAT, "genesis", LedgerRecord.GENESIS))));
        sql.each("select seq, at, type, actor, run, payload, prev, hash from ledger order by seq", export::entry);
        export.line(CanonicalJson.of(Map.of("end", Map.of("head", export.head, "records", export.records))));
        return new Summary(export.records, export.head);
    }

    private void entry(Row row) throws SQLException {
        LedgerRecord entry = new LedgerRecord(
                row.number(1),
                row.instant(2),
                row.text(3),
                row.text(4),
                row.textOrNull(5),
                row.text(6),
                row.text(7),
                row.text(8));
        line("{\"entry\":" + entry.entry() + ",\"hash\":\"" + entry.hash() + "\",\"prev\":\"" + entry.prev() + "\"}");
        records++;
        head = entry.hash();
        while (!introduced.isEmpty() && introduced.element().seq() == entry.seq()) {
            line(introduced.remove().line());
        }
    }

    private void line(String line) {
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

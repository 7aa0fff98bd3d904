package org.physionet.provisioner.store.ledger;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Writes the ledger as lines of JSON that {@link LedgerVerifier} checks without the database: docs/reference/ledger.md. Whole, as
 * {@code audit export} does, or the part that a place does not have yet, as it is published.
 */
public final class LedgerExport {
    static final int FORMAT = 2;

    /** So many records are published under one name, so that none grows beyond what one call sends. */
    static final int PUBLISHED_AT_ONCE = 20_000;

    /** Whether the export says who people are. */
    public enum People {
        /** References only: nobody learns a name from the file. */
        OPAQUE,
        /** With what is behind the references, as far as it is not erased: for a restore, or for an auditor who may know. */
        NAMED
    }

    /**
     * @param head the last record's hash, {@link LedgerRecord#GENESIS} if there is none
     * @param signedBy the name of the key that signed the head; null: there is no key
     */
    public record Summary(
            long records, String head, @Nullable String signedBy) {}

    /** What is put to a place at once: lines, and the signed checkpoint under their end. */
    public record Part(String lines, SignedCheckpoint checkpoint) {}

    private LedgerExport() {}

    /**
     * The whole ledger.
     *
     * @param signer signs the end, and makes tags; null: neither
     * @throws UncheckedIOException if the lines can not be written
     */
    public static Summary write(Sql sql, Appendable out, People people, @Nullable Signer signer, Instant at)
            throws SQLException {
        RecordLines lines =
                new RecordLines(sql, out, people, signer == null ? null : Tags.of(signer), false, LedgerRecord.GENESIS);
        lines.line(CanonicalJson.of(Map.of("ledger", Map.of("format", FORMAT, "genesis", LedgerRecord.GENESIS))));
        Map<Long, List<SignedCheckpoint>> checkpoints = new HashMap<>();
        Checkpoints.all(sql)
                .forEach(c -> checkpoints
                        .computeIfAbsent(c.seq(), seq -> new ArrayList<>())
                        .add(c));
        sql.each("select " + RecordLines.COLUMNS + " from ledger order by seq", row -> {
            lines.record(row);
            checkpoints.getOrDefault(lines.seq(), List.of()).forEach(c -> lines.line(c.line()));
        });
        String signedBy = null;
        if (signer != null) {
            SignedCheckpoint end = SignedCheckpoint.by(signer, lines.seq(), lines.head(), at);
            lines.line(end.line());
            signedBy = end.key();
        }
        lines.line(CanonicalJson.of(Map.of("end", Map.of("head", lines.head(), "records", lines.records()))));
        return new Summary(lines.records(), lines.head(), signedBy);
    }

    /**
     * What follows a record, references only, with a checkpoint under it: the next {@value #PUBLISHED_AT_ONCE} records, or the checkpoint
     * alone if there are none.
     *
     * @param after the last record that is there already
     * @return empty: the ledger does not reach that far, it is older than what was published
     */
    public static Optional<Part> part(Sql sql, long after, Signer signer, Instant at) throws SQLException {
        Optional<String> before = hashOf(sql, after);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        RecordLines lines = new RecordLines(sql, text, People.OPAQUE, Tags.of(signer), true, before.get());
        lines.line(CanonicalJson.of(Map.of("published", Map.of("format", FORMAT, "after", after))));
        sql.each(
                "select " + RecordLines.COLUMNS + " from ledger where seq > ? and seq <= ? order by seq",
                lines::record,
                after,
                after + PUBLISHED_AT_ONCE);
        SignedCheckpoint checkpoint = SignedCheckpoint.by(signer, after + lines.records(), lines.head(), at);
        lines.line(checkpoint.line());
        return Optional.of(new Part(text.toString(), checkpoint));
    }

    /** The hash of a record; of record 0, {@link LedgerRecord#GENESIS}. */
    public static Optional<String> hashOf(Sql sql, long seq) throws SQLException {
        return seq == 0
                ? Optional.of(LedgerRecord.GENESIS)
                : sql.first("select hash from ledger where seq = ?", row -> row.text(1), seq);
    }
}

package org.physionet.provisioner.store.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Reads the lines of an export, or of parts that were published, that {@link LedgerVerifier} found whole. */
public final class LedgerReader {
    /** Characters that a line may have. */
    public static final int LONGEST_LINE = ExportLine.LONGEST;

    /** Takes what is read, in the order of the lines. */
    public interface Visitor {
        /** @param commitments of the references that it introduces: kind, space, commitment */
        default void record(LedgerRecord record, JsonNode payload, Map<String, String> commitments)
                throws SQLException {}

        /** What a reference stands for. */
        default void named(String ref, String kind, String salt, String value) {}

        /** A checkpoint; its signature is not looked at here. */
        default void signed(SignedCheckpoint checkpoint) {}

        /** Tags by reference, made with the key of that name. */
        default void tagged(String key, Map<String, String> tags) {}
    }

    private LedgerReader() {}

    /** @throws SQLException naming the record that can not be taken in */
    public static void read(Iterator<String> lines, Visitor visitor) throws SQLException {
        while (lines.hasNext()) {
            Optional<ExportLine> line = ExportLine.parse(lines.next());
            if (line.isEmpty()) {
                continue;
            }
            switch (line.get()) {
                case ExportLine.Entry entry -> record(entry, visitor);
                case ExportLine.Named named -> visitor.named(named.ref(), named.kind(), named.salt(), named.value());
                case ExportLine.Tagged tagged -> visitor.tagged(tagged.key(), tagged.of());
                case ExportLine.Signed signed -> visitor.signed(signed.checkpoint());
                case ExportLine.Header _, ExportLine.Published _, ExportLine.End _ -> {
                    // About the file, not about the record.
                }
            }
        }
    }

    private static void record(ExportLine.Entry entry, Visitor visitor) throws SQLException {
        try {
            visitor.record(record(entry), entry.node().path("payload"), entry.commitments());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new SQLException(
                    "record " + entry.seq() + " of the ledger (" + entry.type() + ") can not be taken in: expected it"
                            + " as this program writes it, found " + e.getMessage(),
                    e);
        }
    }

    /** The payload is taken as it stands: it is what was hashed. */
    static LedgerRecord record(ExportLine.Entry entry) {
        JsonNode node = entry.node();
        String actor = node.path("actor").asText();
        Instant at = Instant.parse(node.path("at").asText());
        String run = node.path("run").isTextual() ? node.get("run").asText() : null;
        LedgerRecord empty = LedgerRecord.after(entry.prev(), entry.seq(), at, entry.type(), actor, run, "");
        int tail = empty.entry().length() - empty.entry().indexOf(",\"run\":");
        int head = empty.entry().length() - tail;
        String payload = entry.entry().substring(head, entry.entry().length() - tail);
        return new LedgerRecord(entry.seq(), at, entry.type(), actor, run, payload, entry.prev(), entry.hash());
    }
}

package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.LedgerReader;
import org.physionet.provisioner.store.ledger.LedgerRecord;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Takes records that a database lost back from a ledger that was exported or published: the chain goes on where it was, nothing is begun
 * anew. What only the ledger has comes with them: holds, quarantine, places, cases of guards with their releases and the proposals that wait. Edges are in the clouds, and are adopted from there.
 */
public final class Restoration {
    /** Whom references may stand for: people of the source, accounts that they link or that stand in the clouds. */
    public record People(Collection<ResearcherId> researchers, Collection<Principal> principals) {}

    /**
     * What was taken in.
     *
     * @param from the last record that was there before, 0: none
     * @param to the last record of the ledger
     * @param inForce holds in force now
     * @param unmatched of these, those on somebody who could not be found
     * @param nobody how many researchers and accounts of the new records could not be found
     * @param places where people stood, to be set once their resources are in the record
     */
    public record Restored(
            long from, long to, int inForce, List<String> unmatched, int nobody, Map<ResourceId, Places> places) {}

    private Restoration() {}

    /**
     * One transaction.
     *
     * @param lines of the ledger, verified before; asked for twice
     * @param tags by which people are known again; null: only from names in the ledger
     * @throws StoreException if the record's own ledger is not a beginning of that one; then nothing is changed
     */
    public static Restored restore(
            Database database,
            Instant at,
            Supplier<Iterator<String>> lines,
            @Nullable Tags tags,
            People people,
            String actor) {
        AtomicReference<Restored> result = new AtomicReference<>();
        return Recording.of(database, at, sql -> result.set(takeIn(sql, at, lines, tags, people)), recording -> {
            Restored restored = Objects.requireNonNull(result.get());
            Identity who = recording.people().actor(actor);
            recording.tell(
                    EventType.RESTORED,
                    who,
                    Map.of("from", restored.from(), "to", restored.to(), "unmatched", restored.unmatched()));
            return restored;
        });
    }

    private static Restored takeIn(
            Sql sql, Instant at, Supplier<Iterator<String>> lines, @Nullable Tags tags, People people)
            throws SQLException {
        long from = sql.first("update ledger_head set seq = seq where id = 1 returning seq", row -> row.number(1))
                .orElseThrow();
        requireBeginning(sql, from, lines);
        RestoredIdentities identities = new RestoredIdentities(from, tags, people);
        LedgerReader.read(lines.get(), identities);
        int nobody = identities.write(sql, at);
        RestoredState state = new RestoredState(sql, from);
        LedgerReader.read(lines.get(), state);
        state.finish();
        int inForce = sql.first(
                        "select count(*) from hold where lifted_at is null and (until_at is null or until_at >= ?)",
                        row -> row.integer(1),
                        at)
                .orElse(0);
        return new Restored(from, state.last(), inForce, state.unmatched(at), nobody, state.places());
    }

    private static void requireBeginning(Sql sql, long head, Supplier<Iterator<String>> lines) throws SQLException {
        Optional<String> own = LedgerExport.hashOf(sql, head);
        AtomicReference<String> there = new AtomicReference<>(head == 0 ? LedgerRecord.GENESIS : "");
        LedgerReader.read(lines.get(), new LedgerReader.Visitor() {
            @Override
            public void record(
                    LedgerRecord record,
                    com.fasterxml.jackson.databind.JsonNode payload,
                    Map<String, String> commitments) {
                if (record.seq() == head) {
                    there.set(record.hash());
                }
            }
        });
        if (!own.equals(Optional.ofNullable(there.get()))) {
            throw new StoreException(
                    "the record's own ledger (" + head
                            + " records) is not a beginning of the one that is to be restored:"
                            + " it was begun anew, or is newer; if it was begun anew, move it away (the file record.db, or the"
                            + " tables of the server) and restore into an empty one",
                    null);
        }
    }
}

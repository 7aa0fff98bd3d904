package org.physionet.provisioner.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.store.ReportQueries;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.ledger.Checkpoints;
import org.physionet.provisioner.store.ledger.KeyChange;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.SignedCheckpoint;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.people.EventReader;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.Recording;
import org.physionet.provisioner.store.state.Restoration;

/** The ledger as a whole: exported, signed, published, and taken back after a loss. */
public final class SqlLedger {
    private final Database database;
    private final InstantSource clock;

    SqlLedger(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes the whole ledger, for whoever verifies it offline; one consistent state.
     *
     * @param signer signs its end; null: nobody does
     */
    public LedgerExport.Summary export(Appendable out, LedgerExport.People people, @Nullable Signer signer) {
        return database.read(sql -> LedgerExport.write(sql, out, people, signer, clock.instant()));
    }

    /** The hash of a record; empty: the ledger does not reach that far. */
    public Optional<String> hashOf(long record) {
        return database.read(sql -> LedgerExport.hashOf(sql, record));
    }

    /** The checkpoint that was signed last. */
    public Optional<SignedCheckpoint> newestCheckpoint() {
        return database.read(Checkpoints::newest);
    }

    /** What follows a record, to be published; empty: the ledger does not reach that far. */
    public Optional<LedgerExport.Part> after(long record, Signer signer) {
        return database.read(sql -> LedgerExport.part(sql, record, signer, clock.instant()));
    }

    /** Notes that something was put to a place under a name, with the checkpoint that it ends with. */
    public void published(String place, String name, SignedCheckpoint checkpoint) {
        database.<Boolean>write(sql -> {
            Checkpoints.add(sql, checkpoint);
            Checkpoints.named(sql, place, name);
            return true;
        });
    }

    /** The last name that was put to a place, as far as this record knows. */
    public Optional<String> publishedLast(String place) {
        return database.read(sql -> Checkpoints.lastName(sql, place));
    }

    /** The name of the key that signs the ledger; empty: none has yet. */
    public Optional<String> currentKey() {
        return database.read(sql -> sql.first(
                        "select payload from ledger where type = 'key_changed' order by seq desc limit 1",
                        row -> row.text(1))
                .map(KeyChange::keyOf));
    }

    /**
     * From here on another key signs the ledger; the old one signs the new, and the ledger as it was under it.
     *
     * @param before null: the first key, or the old one is lost
     * @return the new key's name
     */
    public String changeKey(@Nullable Signer before, Signer next, String actor, String reason, Instant at) {
        if (before != null) {
            ReportQueries.Head head = database.read(EventReader::head);
            database.<Boolean>write(sql -> {
                Checkpoints.add(sql, SignedCheckpoint.by(before, head.seq(), head.hash(), at));
                return true;
            });
        }
        KeyChange change = KeyChange.of(before, next);
        Recording.step(database, at, recording -> recording.changeKey(change, actor, reason));
        return change.key();
    }

    /**
     * Takes records that this database lost back from a ledger; see {@link Restoration}.
     *
     * @param lines verified before
     * @throws StoreException if this ledger is not a beginning of that one; then nothing is changed
     */
    public Restoration.Restored restore(
            Supplier<Iterator<String>> lines,
            @Nullable Tags tags,
            Restoration.People people,
            String actor,
            Instant at) {
        return Restoration.restore(database, at, lines, tags, people, actor);
    }
}

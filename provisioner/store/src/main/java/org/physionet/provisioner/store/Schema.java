package org.physionet.provisioner.store;

import java.util.Optional;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.sql.SqlFailures;

/** The version of the tables, checked with one query instead of a migration tool's start (facts/stack.md 3). */
final class Schema {
    /** The newest migration of this program; a test compares it with the files. */
    static final int CURRENT = 5;

    private Schema() {}

    /** Empty: there are no tables yet. */
    static Optional<Integer> version(Database database) {
        try {
            return database.read(sql -> sql.first(
                    "select version from flyway_schema_history where success and version is not null"
                            + " order by installed_rank desc limit 1",
                    row -> Integer.valueOf(row.text(1))));
        } catch (StoreException e) {
            if (SqlFailures.isMissingTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @throws StoreException if the ledger was cut or extended without its head: cheap, and shows a botched restore at once */
    static void requireWholeLedger(Database database, String where) {
        boolean whole = database.read(sql -> sql.first(
                        "select coalesce((select max(seq) from ledger), 0) = h.seq"
                                + " and coalesce((select hash from ledger l where l.seq = h.seq), h.hash) = h.hash"
                                + " from ledger_head h where h.id = 1",
                        row -> row.flag(1))
                .orElse(false));
        if (!whole) {
            throw new StoreException(
                    "store " + where
                            + ": the ledger's last record and its head disagree: the database was changed by hand or"
                            + " restored in part; restore a whole backup, and run \"provisioner audit export\" and"
                            + " \"provisioner audit verify\" to see which record it is",
                    null);
        }
    }

    /** @throws StoreException if this program can not work with tables of that version */
    static void require(Optional<Integer> found, String where) {
        if (found.isEmpty()) {
            throw new StoreException(
                    "store " + where + ": expected tables of version " + CURRENT
                            + ", found none; run \"provisioner migrate\" to make them",
                    null);
        }
        if (found.get() < CURRENT) {
            throw new StoreException(
                    "store " + where + ": expected tables of version " + CURRENT + ", found version " + found.get()
                            + "; run \"provisioner migrate\" (it makes a backup first)",
                    null);
        }
        if (found.get() > CURRENT) {
            throw new StoreException(
                    "store " + where + ": expected tables of version " + CURRENT + ", found version " + found.get()
                            + ": this program is older than the record; use the program's newer version",
                    null);
        }
    }
}

package org.physionet.provisioner.store.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** The checkpoints that were signed, and the last name that was put to each place. */
public final class Checkpoints {
    private static final String SELECT = "select seq, hash, at, signed_by, signature from checkpoint";

    private Checkpoints() {}

    public static void add(Sql sql, SignedCheckpoint checkpoint) throws SQLException {
        sql.update(
                "insert into checkpoint (seq, at, hash, signed_by, signature) values (?, ?, ?, ?, ?)"
                        + " on conflict (seq, at) do nothing",
                checkpoint.seq(),
                checkpoint.at(),
                checkpoint.hash(),
                checkpoint.key(),
                checkpoint.signature());
    }

    /** In the order of the chain. */
    public static List<SignedCheckpoint> all(Sql sql) throws SQLException {
        return sql.list(SELECT + " order by seq, at", Checkpoints::read);
    }

    /** The one that was signed last. */
    public static Optional<SignedCheckpoint> newest(Sql sql) throws SQLException {
        return sql.first(SELECT + " order by at desc, seq desc limit 1", Checkpoints::read);
    }

    private static SignedCheckpoint read(Row row) throws SQLException {
        return new SignedCheckpoint(row.number(1), row.text(2), row.instant(3), row.text(4), row.text(5));
    }

    /** Where to look for newer names at a place from; empty: from its beginning on. */
    public static Optional<String> lastName(Sql sql, String place) throws SQLException {
        return sql.first("select name from publication where place = ?", row -> row.text(1), place);
    }

    public static void named(Sql sql, String place, String name) throws SQLException {
        sql.update(
                "insert into publication (place, name) values (?, ?) on conflict (place) do update set name = excluded.name",
                place,
                name);
    }
}

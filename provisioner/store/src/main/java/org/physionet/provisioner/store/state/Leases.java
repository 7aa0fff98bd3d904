package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.store.sql.Sql;

/**
 * The right to be the one writer of something. Each step is one statement, so the database decides between contenders.
 * Leases coordinate, they decide nothing about anybody, so the ledger does not tell them.
 */
public final class Leases {
    /** An owner that nobody is: the lease is free. */
    private static final String FREE = "";

    private Leases() {}

    /** Renewing keeps the token, also after the term if nobody took it meanwhile; every other success makes it grow. */
    public static Optional<Lease> acquire(Sql sql, String name, String owner, Duration term, Instant now)
            throws SQLException {
        if (owner.isEmpty()) {
            throw new IllegalArgumentException("lease " + name + ": expected an owner, found none");
        }
        return sql.first(
                "insert into lease (name, owner, token, expires_at) values (?, ?, 1, ?)"
                        + " on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at,"
                        + " token = case when lease.owner = excluded.owner then lease.token else lease.token + 1 end,"
                        + " abandoned_at = case when lease.owner in (excluded.owner, '" + FREE + "')"
                        + " then lease.abandoned_at else lease.expires_at end"
                        + " where lease.owner = excluded.owner or lease.expires_at <= ?"
                        + " returning name, owner, token, expires_at, abandoned_at",
                Leases::lease,
                name,
                owner,
                now.plus(term),
                now);
    }

    private static Lease lease(org.physionet.provisioner.store.sql.Row row) throws SQLException {
        return new Lease(row.text(1), row.text(2), row.number(3), row.instant(4), row.instantOrNull(5));
    }

    /** The free ones among these, as they are. */
    public static Map<String, Lease> vacant(Sql sql, Collection<String> names) throws SQLException {
        Map<String, Lease> vacant = new HashMap<>();
        sql.eachIn(
                "select name, owner, token, expires_at, abandoned_at from lease where owner = ? and name in "
                        + Sql.VALUES,
                names,
                row -> {
                    Lease lease = lease(row);
                    vacant.put(lease.name(), lease);
                },
                FREE);
        return vacant;
    }

    /** Makes those free that nobody ever had, or whose holder's term had run out by an instant. */
    public static void vacate(Sql sql, Collection<String> names, Instant ranOut) throws SQLException {
        // In one order everywhere, so that two who do this wait for each other and not in a ring.
        List<@Nullable Object[]> all = new ArrayList<>();
        new TreeSet<>(names).forEach(name -> all.add(new @Nullable Object[] {name, FREE, FREE, ranOut}));
        sql.batch(
                "insert into lease (name, owner, token, expires_at) values (?, ?, 0, 0) on conflict (name) do update set"
                        + " owner = excluded.owner, token = lease.token + 1, abandoned_at = lease.expires_at, expires_at = 0"
                        + " where lease.owner <> ? and lease.expires_at <= ?",
                all);
    }

    public static Optional<Lease> current(Sql sql, String name, Instant now) throws SQLException {
        return sql.first(
                "select name, owner, token, expires_at, abandoned_at from lease where name = ? and owner <> ? and expires_at > ?",
                Leases::lease,
                name,
                FREE,
                now);
    }

    public static List<Lease> all(Sql sql, Instant now) throws SQLException {
        return sql.list(
                "select name, owner, token, expires_at, abandoned_at from lease where owner <> ? and expires_at > ? order by name",
                Leases::lease,
                FREE,
                now);
    }

    /**
     * Whether a lease is still its holder's. It stays so until the transaction ends: whoever wants it waits for that.
     *
     * <p>The term is not looked at: while nobody has taken it, the holder may still renew it.
     */
    static boolean holds(Sql sql, Lease lease) throws SQLException {
        return sql.update(
                        "update lease set token = token where name = ? and owner = ? and token = ?",
                        lease.name(),
                        lease.owner(),
                        lease.token())
                > 0;
    }

    /** A lease that somebody else has taken since stays theirs; then the answer is false. */
    public static boolean release(Sql sql, Lease lease) throws SQLException {
        return sql.update(
                        "update lease set owner = ?, expires_at = 0 where name = ? and owner = ? and token = ?",
                        FREE,
                        lease.name(),
                        lease.owner(),
                        lease.token())
                > 0;
    }
}

package org.physionet.provisioner.store.people;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Forgetting somebody: the value, its salt and its look-up go, the reference and the commitment stay, so the ledger still
 * verifies and says nothing about them any more.
 */
public final class Erasure {
    /** What stands in place of something that was erased. */
    public static final String ERASED = "(erased)";

    /** Where an identity is still needed to keep somebody out or to take access away, in words for a person. */
    private static final Map<String, String> NEEDED = Map.of(
            "an edge that is not proven gone; revoke it first",
                    "select 1 from edge where closed_at is null and principal = ?",
            "an edge that rests on this person; revoke it first",
                    "select 1 from holding where to_at is null and researcher = ?",
            "a hold on this person that is in force; lift it first",
                    "select 1 from hold where lifted_at is null and researcher = ?",
            "a hold on this account that is in force; lift it first",
                    "select 1 from hold where lifted_at is null and principal = ?",
            "a hold that follows this account; lift it first",
                    "select 1 from hold_identity x join hold h on h.id = x.hold where h.lifted_at is null and x.principal = ?",
            "a case that is open; release or defer it first",
                    "select 1 from case_member m join guard_case c on c.id = m.case_id where c.state <> 'closed' and m.person = ?",
            "the quarantine; let it be tried again first",
                    "select 1 from quarantine where ended_at is null and principal = ?");

    private Erasure() {}

    /** A value for people: {@link #ERASED} where it is gone. */
    public static String shown(@Nullable String value) {
        return value == null ? ERASED : value;
    }

    /** Why it can not be forgotten yet; empty: it can. */
    public static List<String> obstacles(Sql sql, Identity identity) throws SQLException {
        List<String> obstacles = new ArrayList<>();
        for (Map.Entry<String, String> need : NEEDED.entrySet()) {
            if (sql.first(need.getValue() + " limit 1", row -> 1, identity.id()).isPresent()) {
                obstacles.add(need.getKey());
            }
        }
        obstacles.sort(null);
        return obstacles;
    }

    public static void erase(Sql sql, Identity identity, java.time.Instant at) throws SQLException {
        sql.update(
                "update identity set value = null, salt = null, spelling = null, lookup = null, erased_at = ? where id = ?",
                at,
                identity.id());
    }

    /** Everything by which a researcher is known: the accounts linked at any time, and texts that are nothing but one of these. */
    public static List<KnownIdentity> of(Sql sql, ResearcherId researcher) throws SQLException {
        Optional<Integer> id = Identities.find(sql, researcher);
        if (id.isEmpty()) {
            return List.of();
        }
        List<KnownIdentity> known = new ArrayList<>();
        sql.each(
                "select id, ref, kind, value, spelling from identity where value is not null and (id = ?"
                        + " or id in (select username from person where researcher = ?)"
                        + " or id in (select principal from linked where researcher = ?)"
                        + " or id in (select o.name from other_name o join linked l on l.principal = o.principal"
                        + " where l.researcher = ?)) order by id",
                row -> known.add(known(row)),
                id.get(),
                id.get(),
                id.get(),
                id.get());
        List<String> lookups = known.stream()
                .map(k -> Identity.lookup(Identity.Kind.TEXT, k.text()))
                .toList();
        sql.eachIn(
                "select id, ref, kind, value, spelling from identity where lookup in " + Sql.VALUES,
                lookups,
                row -> known.add(known(row)));
        return known;
    }

    private static KnownIdentity known(Row row) throws SQLException {
        Identity.Kind kind = Identity.Kind.ofText(row.text(3));
        return new KnownIdentity(
                new Identity(row.integer(1), row.text(2), kind),
                Principals.shown(kind, row.text(4), row.textOrNull(5)));
    }

    /** Something by which a person is known. */
    public record KnownIdentity(Identity identity, String text) {}
}

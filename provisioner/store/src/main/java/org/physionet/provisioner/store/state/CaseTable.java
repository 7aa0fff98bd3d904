package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.guards.GuardCase.Member;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Cases that guards hold. */
public final class CaseTable {
    private CaseTable() {}

    /**
     * Puts those that are recorded as somebody saw them.
     *
     * @return ids of the others
     */
    public static SortedSet<String> putIfAsSeen(
            Recording recording, Collection<GuardCase> cases, Collection<GuardCase> seen, String by, String reason)
            throws SQLException {
        Map<String, GuardCase> before = new HashMap<>();
        seen.stream().filter(c -> c.state() != GuardCase.State.CLOSED).forEach(c -> before.put(c.id(), asRecorded(c)));
        Map<String, GuardCase> now = new HashMap<>();
        current(recording.sql()).forEach(c -> now.put(c.id(), c));
        SortedSet<String> changed = new TreeSet<>();
        List<GuardCase> asSeen = new ArrayList<>();
        for (GuardCase one : cases) {
            if (Objects.equals(before.get(one.id()), now.get(one.id()))) {
                asSeen.add(one);
            } else {
                changed.add(one.id());
            }
        }
        put(recording, asSeen, by, reason);
        return changed;
    }

    private static GuardCase asRecorded(GuardCase one) {
        Instant until = one.deferredUntil();
        return new GuardCase(
                one.id(),
                one.kind(),
                one.cause(),
                one.systemic(),
                one.openedAt().truncatedTo(ChronoUnit.MICROS),
                one.state(),
                until == null ? null : until.truncatedTo(ChronoUnit.MICROS),
                one.members(),
                one.released());
    }

    public static void put(Recording recording, Collection<GuardCase> cases, String by, String reason)
            throws SQLException {
        if (cases.isEmpty()) {
            return;
        }
        Set<String> people = new LinkedHashSet<>();
        cases.forEach(c -> {
            c.members().forEach(m -> people.add(m.person()));
            c.released().forEach(m -> people.add(m.person()));
        });
        // A person whom nobody knows stands there as the text of a principal; what names them is a text then.
        Map<String, Identity> identities = new HashMap<>(recording.people().known(Identity.Kind.RESEARCHER, people));
        people.removeAll(identities.keySet());
        identities.putAll(recording.people().texts(people));
        Identity why = recording.people().text(reason);
        for (GuardCase guardCase : cases) {
            write(recording, guardCase, identities);
            tell(recording, guardCase, identities, by, why);
        }
    }

    private static void write(Recording recording, GuardCase guardCase, Map<String, Identity> people)
            throws SQLException {
        Sql sql = recording.sql();
        sql.update(
                "insert into guard_case (id, kind, cause, systemic, opened_at, state, deferred_until)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set kind = excluded.kind,"
                        + " cause = excluded.cause, systemic = excluded.systemic, opened_at = excluded.opened_at,"
                        + " state = excluded.state, deferred_until = excluded.deferred_until",
                guardCase.id(),
                EdgeTable.text(guardCase.kind()),
                guardCase.cause(),
                guardCase.systemic(),
                guardCase.openedAt(),
                EdgeTable.text(guardCase.state()),
                guardCase.deferredUntil());
        sql.update("delete from case_member where case_id = ?", guardCase.id());
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows(rows, guardCase.id(), guardCase.members(), people, false);
        rows(rows, guardCase.id(), guardCase.released(), people, true);
        sql.batch("insert into case_member (case_id, person, dataset, released) values (?, ?, ?, ?)", rows);
    }

    private static void rows(
            List<@Nullable Object[]> rows,
            String id,
            Set<Member> members,
            Map<String, Identity> people,
            boolean released) {
        members.forEach(m -> rows.add(new @Nullable Object[] {
            id, Rows.get(people, m.person()).id(), m.dataset().toString(), released
        }));
    }

    private static void tell(
            Recording recording, GuardCase guardCase, Map<String, Identity> people, String by, Identity why)
            throws SQLException {
        Map<String, @Nullable Object> told = new HashMap<>();
        told.put("case", guardCase.id());
        told.put("kind", EdgeTable.text(guardCase.kind()));
        told.put("cause", guardCase.cause());
        told.put("systemic", guardCase.systemic());
        told.put("openedAt", guardCase.openedAt());
        told.put("state", EdgeTable.text(guardCase.state()));
        told.put("deferredUntil", guardCase.deferredUntil());
        told.put("reason", why);
        told.put("members", told(guardCase.members(), people));
        told.put("released", told(guardCase.released(), people));
        recording.tell(EventType.CASES_PUT, by, told);
    }

    private static List<Map<String, ?>> told(Set<Member> members, Map<String, Identity> people) {
        List<Map<String, ?>> told = new ArrayList<>();
        members.forEach(m -> told.add(Map.of(
                "person", Rows.get(people, m.person()), "dataset", m.dataset().toString())));
        return told;
    }

    /** Open and deferred, oldest first. */
    public static List<GuardCase> current(Sql sql) throws SQLException {
        Map<String, SortedSet<Member>> members = new HashMap<>();
        Map<String, SortedSet<Member>> released = new HashMap<>();
        sql.each(
                "select m.case_id, p.value, m.dataset, m.released from case_member m join identity p on p.id = m.person"
                        + " join guard_case c on c.id = m.case_id where c.state <> 'closed'",
                row -> (row.flag(4) ? released : members)
                        .computeIfAbsent(row.text(1), id -> new TreeSet<>())
                        .add(new Member(Erasure.shown(row.textOrNull(2)), DatasetId.parse(row.text(3)))));
        return sql.list(
                "select id, kind, cause, systemic, opened_at, state, deferred_until from guard_case"
                        + " where state <> 'closed' order by opened_at, id",
                row -> new GuardCase(
                        row.text(1),
                        GuardCase.Kind.valueOf(row.text(2).toUpperCase(java.util.Locale.ROOT)),
                        row.text(3),
                        row.flag(4),
                        row.instant(5),
                        GuardCase.State.valueOf(row.text(6).toUpperCase(java.util.Locale.ROOT)),
                        row.instantOrNull(7),
                        members.getOrDefault(row.text(1), new TreeSet<>()),
                        released.getOrDefault(row.text(1), new TreeSet<>())));
    }
}

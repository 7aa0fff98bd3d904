package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Sql;

/** Principals that a provider refused; a principal is in quarantine at most once, and past stays are kept. */
public final class QuarantineTable {
    private QuarantineTable() {}

    public static void enter(Recording recording, RunId run, Collection<Quarantined> all) throws SQLException {
        Map<Principal, Quarantined> last = new LinkedHashMap<>();
        all.forEach(entry -> last.put(entry.principal(), entry));
        Collection<Quarantined> entries = last.values();
        Map<Principal, Identity> principals = recording
                .people()
                .principals(entries.stream().map(Quarantined::principal).toList());
        Map<String, Identity> reasons = recording
                .people()
                .texts(entries.stream().map(Quarantined::reason).distinct().toList());
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<Map<String, ?>> told = new ArrayList<>();
        for (Quarantined entry : entries) {
            Identity principal = Rows.get(principals, entry.principal());
            Identity reason = Rows.get(reasons, entry.reason());
            rows.add(new @Nullable Object[] {
                principal.id(),
                entry.resource().text(),
                reason.id(),
                entry.confirmed(),
                entry.refusals(),
                entry.since(),
                entry.retryAt()
            });
            told.add(Map.of(
                    "principal", principal,
                    "resource", entry.resource().text(),
                    "reason", reason,
                    "confirmed", entry.confirmed(),
                    "refusals", entry.refusals(),
                    "since", entry.since(),
                    "retryAt", entry.retryAt()));
        }
        recording
                .sql()
                .batch(
                        "insert into quarantine (principal, resource, reason, confirmed, refusals, since_at, retry_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?) on conflict (principal) where ended_at is null do update set"
                                + " resource = excluded.resource, reason = excluded.reason, confirmed = excluded.confirmed,"
                                + " refusals = excluded.refusals, since_at = excluded.since_at, retry_at = excluded.retry_at",
                        rows);
        for (List<Map<String, ?>> part : Recording.parts(told)) {
            recording.tell(EventType.QUARANTINED, run, Map.of("entries", part));
        }
    }

    /** Those that are not in quarantine are passed over. */
    public static void leave(Recording recording, Collection<Principal> principals, String by) throws SQLException {
        List<Identity> known =
                List.copyOf(recording.people().principals(principals).values());
        List<Identity> left = new ArrayList<>();
        for (Identity principal : known) {
            int ended = recording
                    .sql()
                    .update(
                            "update quarantine set ended_at = ? where principal = ? and ended_at is null",
                            recording.at(),
                            principal.id());
            if (ended > 0) {
                left.add(principal);
            }
        }
        for (List<Identity> part : Recording.parts(left)) {
            recording.tell(EventType.READMITTED, by, Map.of("principals", part));
        }
    }

    /** Those in quarantine, by principal. */
    static List<Quarantined> current(Sql sql) throws SQLException {
        List<Quarantined> current = new ArrayList<>(sql.list(
                "select p.value, p.spelling, q.resource, t.value, q.confirmed, q.refusals, q.since_at, q.retry_at"
                        + " from quarantine q join identity p on p.id = q.principal join identity t on t.id = q.reason"
                        + " where q.ended_at is null and p.value is not null",
                row -> new Quarantined(
                        Principals.of(row.text(1), row.textOrNull(2)),
                        new ResourceId(row.text(3)),
                        Erasure.shown(row.textOrNull(4)),
                        row.flag(5),
                        row.integer(6),
                        row.instant(7),
                        row.instant(8))));
        current.sort(java.util.Comparator.comparing(Quarantined::principal));
        return current;
    }
}

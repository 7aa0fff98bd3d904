package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Sql;

/** Under which other names providers show accounts: written where it differs, never forgotten but by erasure. */
public final class OtherNames {
    private OtherNames() {}

    /** Those of the names that the record does not have, or has for another principal. */
    public static Map<Principal, Principal> differences(Sql sql, Map<Principal, Principal> names) throws SQLException {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<Principal, Principal> different = new HashMap<>(names);
        sql.each(
                "select n.value, n.spelling, p.value, p.spelling from other_name o join identity n on n.id = o.name"
                        + " join identity p on p.id = o.principal where n.value is not null and p.value is not null",
                row -> different.remove(
                        Principals.of(row.text(1), row.textOrNull(2)), Principals.of(row.text(3), row.textOrNull(4))));
        return different;
    }

    public static void write(Recording recording, Map<Principal, Principal> names) throws SQLException {
        // Looked at again under the ledger's head: another process may have written since.
        Map<Principal, Principal> different = differences(recording.sql(), names);
        if (different.isEmpty()) {
            return;
        }
        Set<Principal> mentioned = new HashSet<>(different.keySet());
        mentioned.addAll(different.values());
        Map<Principal, Identity> known = recording.people().principals(mentioned);
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<Map<String, ?>> told = new ArrayList<>();
        different.forEach((name, principal) -> {
            Identity shown = Rows.get(known, name);
            Identity own = Rows.get(known, principal);
            rows.add(new @Nullable Object[] {shown.id(), own.id(), recording.at()});
            told.add(Map.of("name", shown, "principal", own));
        });
        recording
                .sql()
                .batch(
                        "insert into other_name (name, principal, since_at) values (?, ?, ?) on conflict (name) do update"
                                + " set principal = excluded.principal, since_at = excluded.since_at",
                        rows);
        Recording.parts(told).forEach(part -> recording.tell(EventType.PEOPLE_LINKED, Map.of("names", part)));
    }
}

package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Micros;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** How edges ended. */
public final class EndingReader {
    private static final String ENDINGS =
            "select r.location, p.value, p.spelling, e.since_at, e.revoke_detected_at, e.closed_at, e.closed_as = 'revoked'"
                    + " from edge e join resource r on r.id = e.resource join identity p on p.id = e.principal"
                    // What the provider refused never was, and so did not end.
                    + " where e.closed_as <> 'refused' and ";

    private EndingReader() {}

    public static List<Ending> since(Sql sql, Instant since) throws SQLException {
        List<Ending> endings = new ArrayList<>();
        sql.each(
                ENDINGS + "e.closed_at >= ? order by e.closed_at desc, e.id desc",
                row -> endings.add(ending(row)),
                Micros.of(since));
        return endings;
    }

    public static List<Ending> of(Sql sql, Collection<Principal> principals) throws SQLException {
        List<Ending> endings = new ArrayList<>();
        sql.eachIn(
                ENDINGS + "p.kind = '" + Identity.Kind.PRINCIPAL.text() + "' and p.value in " + Sql.VALUES,
                principals.stream().map(Principals::value).toList(),
                row -> endings.add(ending(row)));
        endings.sort(Comparator.comparing(Ending::gone).reversed());
        return endings;
    }

    private static Ending ending(Row row) throws SQLException {
        String value = row.textOrNull(2);
        return new Ending(
                row.text(1),
                value == null ? null : Principals.of(value, row.textOrNull(3)),
                row.instant(4),
                row.instantOrNull(5),
                row.instant(6),
                row.flag(7));
    }
}

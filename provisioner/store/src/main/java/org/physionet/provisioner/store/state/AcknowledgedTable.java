package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.Acknowledgements.Acknowledged;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Findings in cloud logs that somebody has explained. A principal of a log may be anybody, so it stands as a text about people. */
public final class AcknowledgedTable {
    private AcknowledgedTable() {}

    public static void put(Recording recording, Acknowledged finding) throws SQLException {
        Identity principal = recording.people().textOrNull(finding.principal());
        Identity actor = recording.people().actor(finding.actor());
        Identity reason = recording.people().text(finding.reason());
        recording
                .sql()
                .update(
                        "insert into acknowledged (code, principal, resource, at, fingerprint, actor, reason, acknowledged_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                        finding.code(),
                        Rows.idOrNull(principal),
                        finding.resource(),
                        finding.at(),
                        finding.fingerprint(),
                        actor.id(),
                        reason.id(),
                        finding.acknowledgedAt());
        Map<String, @Nullable Object> told = new HashMap<>();
        told.put("finding", finding.code());
        told.put("principal", principal);
        told.put("resource", finding.resource());
        told.put("at", finding.at());
        told.put("fingerprint", finding.fingerprint());
        told.put("reason", reason);
        recording.tell(EventType.FINDING_ACKNOWLEDGED, actor, told);
    }

    /** Oldest first. What is about somebody who was erased is left out: no finding can be told to be it. */
    public static List<Acknowledged> all(Sql sql) throws SQLException {
        return sql.list(
                "select a.code, p.value, a.resource, a.at, a.fingerprint, b.value, r.value, a.acknowledged_at from acknowledged a"
                        + " left join identity p on p.id = a.principal join identity b on b.id = a.actor"
                        + " join identity r on r.id = a.reason where a.principal is null or p.value is not null"
                        + " order by a.acknowledged_at",
                row -> new Acknowledged(
                        row.text(1),
                        row.textOrNull(2),
                        row.textOrNull(3),
                        row.instant(4),
                        row.text(5),
                        Erasure.shown(row.textOrNull(6)),
                        Erasure.shown(row.textOrNull(7)),
                        row.instant(8)));
    }
}

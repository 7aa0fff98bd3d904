package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.DriftDecisions.Choice;
import org.physionet.provisioner.engine.store.DriftDecisions.Decided;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** What was decided about drift. Whom a cloud names there may be anybody, so they stand as texts about people. */
public final class DriftDecisionTable {
    static final String INSERT =
            "insert into drift_decision (number, finding, kind, resource, principal, choice, found,"
                    + " fingerprint, until_at, actor, reason, made_at)"
                    + " select coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from drift_decision";

    private DriftDecisionTable() {}

    public static void put(Recording recording, Decided decision) throws SQLException {
        Identity principal = recording.people().textOrNull(decision.principal());
        Identity found = recording.people().text(String.join("\n", decision.found()));
        Identity actor = recording.people().actor(decision.actor());
        Identity reason = recording.people().text(decision.reason());
        recording
                .sql()
                .update(
                        INSERT,
                        decision.finding(),
                        decision.kind(),
                        decision.resource().text(),
                        Rows.idOrNull(principal),
                        decision.choice().text(),
                        found.id(),
                        decision.fingerprint(),
                        decision.until(),
                        actor.id(),
                        reason.id(),
                        recording.at());
        Map<String, @Nullable Object> told = new HashMap<>();
        told.put("finding", decision.finding());
        told.put("kind", decision.kind());
        told.put("resource", decision.resource().text());
        told.put("principal", principal);
        told.put("choice", decision.choice().text());
        told.put("found", found);
        told.put("fingerprint", decision.fingerprint());
        told.put("until", decision.until());
        told.put("reason", reason);
        recording.tell(EventType.DRIFT_DECIDED, actor, told);
    }

    /** The newest about each finding, where that is to ignore it and its date has not passed. Oldest first. */
    public static List<Decided> ignored(Sql sql, Instant at) throws SQLException {
        return sql.list(
                "select d.finding, d.kind, d.resource, p.value, d.choice, f.value, d.fingerprint, d.until_at, a.value, r.value,"
                        + " d.made_at from drift_decision d left join identity p on p.id = d.principal"
                        + " join identity f on f.id = d.found join identity a on a.id = d.actor"
                        + " join identity r on r.id = d.reason where d.choice = 'ignore' and (d.until_at is null or d.until_at >= ?)"
                        + " and not exists (select 1 from drift_decision n where n.finding = d.finding and n.number > d.number)"
                        + " order by d.number",
                row -> new Decided(
                        row.text(1),
                        row.text(2),
                        new ResourceId(row.text(3)),
                        row.textOrNull(4),
                        Choice.valueOf(row.text(5).toUpperCase(Locale.ROOT)),
                        Erasure.shown(row.textOrNull(6)).lines().toList(),
                        row.text(7),
                        row.instantOrNull(8),
                        Erasure.shown(row.textOrNull(9)),
                        Erasure.shown(row.textOrNull(10)),
                        row.instant(11)),
                at);
    }
}

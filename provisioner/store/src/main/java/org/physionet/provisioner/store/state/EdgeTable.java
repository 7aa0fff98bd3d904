package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** Loads and saves edges. */
final class EdgeTable {
    private static final String OPEN =
            "select e.id, e.resource, e.principal, e.adopted, e.state, e.since_at, e.run, e.intended_at, e.unknown_at,"
                    + " e.accepted_at, e.first_proven_at, e.proven_at, e.revoke_detected_at, e.revoke_run,"
                    + " e.revoke_intended_at, e.revoke_accepted_at, i.value, i.spelling"
                    + " from edge e join identity i on i.id = e.principal"
                    + " where e.resource = ? and e.closed_at is null";

    private final Sql sql;
    private int last = -1;

    EdgeTable(Sql sql) {
        this.sql = sql;
    }

    /** Edges of a resource that are not known to be gone, by principal. */
    Map<Integer, EdgeLife> open(int resource) throws SQLException {
        Map<Integer, EdgeLife> open = new HashMap<>();
        sql.each(OPEN, row -> put(open, row), resource);
        return open;
    }

    /** The same by what the principal is. An identity with an open edge is never erased, so each has a value. */
    Map<Principal, EdgeLife> openByPrincipal(int resource) throws SQLException {
        Map<Principal, EdgeLife> open = new HashMap<>();
        sql.each(OPEN, row -> open.put(Principals.of(row.text(17), row.textOrNull(18)), life(row)), resource);
        return open;
    }

    /** Those among them of these principals. */
    Map<Integer, EdgeLife> open(int resource, Collection<Integer> principals) throws SQLException {
        Map<Integer, EdgeLife> open = new HashMap<>();
        sql.eachIn(OPEN + " and e.principal in " + Sql.VALUES, principals, row -> put(open, row), resource);
        return open;
    }

    private static void put(Map<Integer, EdgeLife> open, Row row) throws SQLException {
        EdgeLife edge = life(row);
        open.put(edge.principal, edge);
    }

    private static EdgeLife life(Row row) throws SQLException {
        EdgeLife edge = new EdgeLife(
                row.integer(1), row.integer(2), row.integer(3), row.flag(4), false, state(row.text(5)), row.instant(6));
        edge.run = row.textOrNull(7);
        edge.intendedAt = row.instantOrNull(8);
        edge.unknownAt = row.instantOrNull(9);
        edge.acceptedAt = row.instantOrNull(10);
        edge.firstProvenAt = row.instantOrNull(11);
        edge.provenAt = row.instantOrNull(12);
        edge.revokeDetectedAt = row.instantOrNull(13);
        edge.revokeRun = row.textOrNull(14);
        edge.revokeIntendedAt = row.instantOrNull(15);
        edge.revokeAcceptedAt = row.instantOrNull(16);
        return edge;
    }

    /** A new edge, not saved yet. */
    EdgeLife begin(int resource, int principal, boolean adopted, EdgeLife.State state, Instant since)
            throws SQLException {
        if (last < 0) {
            last = sql.first("select coalesce(max(id), 0) from edge", row -> row.integer(1))
                    .orElse(0);
        }
        return new EdgeLife(++last, resource, principal, adopted, true, state, since);
    }

    /** Saves them; those that are closed now end what they rested on. Each edge at most once in a transaction. */
    void save(Collection<EdgeLife> edges) throws SQLException {
        List<@Nullable Object[]> inserted = new ArrayList<>();
        List<@Nullable Object[]> updated = new ArrayList<>();
        for (EdgeLife edge : edges) {
            (edge.fresh ? inserted : updated).add(columns(edge));
        }
        sql.batch(
                "insert into edge (state, since_at, run, intended_at, unknown_at, accepted_at, first_proven_at, proven_at,"
                        + " revoke_detected_at, revoke_run, revoke_intended_at, revoke_accepted_at, closed_at, closed_as,"
                        + " resource, principal, adopted, id)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                inserted);
        sql.batch(
                "update edge set state = ?, since_at = ?, run = ?, intended_at = ?, unknown_at = ?, accepted_at = ?,"
                        + " first_proven_at = ?, proven_at = ?, revoke_detected_at = ?, revoke_run = ?,"
                        + " revoke_intended_at = ?, revoke_accepted_at = ?, closed_at = ?, closed_as = ?"
                        + " where resource = ? and principal = ? and adopted = ? and id = ?",
                updated);
    }

    private static @Nullable Object[] columns(EdgeLife edge) {
        return new @Nullable Object[] {
            text(edge.state),
            edge.since,
            edge.run,
            edge.intendedAt,
            edge.unknownAt,
            edge.acceptedAt,
            edge.firstProvenAt,
            edge.provenAt,
            edge.revokeDetectedAt,
            edge.revokeRun,
            edge.revokeIntendedAt,
            edge.revokeAcceptedAt,
            edge.closedAt,
            edge.closedAs == null ? null : text(edge.closedAs),
            edge.resource,
            edge.principal,
            edge.adopted,
            edge.id
        };
    }

    static EdgeLife.State state(String text) {
        return EdgeLife.State.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.ReportQueries.Holder;
import org.physionet.provisioner.engine.store.ReportQueries.Life;
import org.physionet.provisioner.engine.store.ReportQueries.Position;
import org.physionet.provisioner.engine.store.ReportQueries.Rest;
import org.physionet.provisioner.store.people.Identities;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Micros;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** The lives of edges with everything that an auditor asks of them. */
public final class LifeReader {
    private final Sql sql;
    private final long since;
    private final long until;
    private final StringBuilder wanted = new StringBuilder(
            " e.since_at <= ? and (e.closed_at is null or e.closed_at >= ?) and (e.closed_as is null or e.closed_as <> 'refused')");
    private final List<Object> arguments = new ArrayList<>();
    private final Map<Integer, Holder> owners = new HashMap<>();
    private final Set<Integer> shared = new HashSet<>();
    private final Map<Integer, TreeSet<String>> contents = new HashMap<>();
    private final Map<Integer, List<Rest>> rests = new HashMap<>();

    private LifeReader(Sql sql, Instant since, Instant until) {
        this.sql = sql;
        this.since = Micros.of(since);
        this.until = Micros.of(until);
        arguments.add(this.until);
        arguments.add(this.since);
    }

    public static List<Life> lives(
            Sql sql, @Nullable DatasetId dataset, @Nullable ResearcherId researcher, Instant since, Instant until)
            throws SQLException {
        LifeReader reader = new LifeReader(sql, since, until);
        if (researcher != null) {
            Optional<Integer> id = Identities.find(sql, researcher);
            if (id.isEmpty()) {
                return List.of();
            }
            reader.wanted.append(" and (e.id in (select edge from holding where researcher = ?)"
                    + " or e.principal in (select principal from linked where researcher = ?))");
            reader.arguments.add(id.get());
            reader.arguments.add(id.get());
        }
        if (dataset != null) {
            reader.wanted.append(
                    " and (e.id in (select edge from holding where dataset = ?) or e.resource in"
                            + " (select resource from resource_dataset where dataset = ? and from_at <= ? and (to_at is null or to_at >= ?)))");
            reader.arguments.addAll(List.of(dataset.toString(), dataset.toString(), reader.until, reader.since));
        }
        return reader.read();
    }

    private List<Life> read() throws SQLException {
        readOwners();
        readContents();
        readRests();
        List<Edge> edges = sql.list(
                "select e.id, e.resource, s.location, e.principal, p.value, p.spelling, e.since_at,"
                        + " case when e.intended_at < e.since_at then e.intended_at else e.since_at end, e.closed_at, e.adopted,"
                        + " e.first_proven_at, e.proven_at, e.revoke_detected_at, e.closed_as, e.run, e.revoke_run"
                        + " from edge e join resource s on s.id = e.resource join identity p on p.id = e.principal where"
                        + wanted + " order by e.since_at, e.id",
                this::edge,
                arguments.toArray());
        LifeEvidence evidence = LifeEvidence.read(sql, edges);
        return edges.stream().map(edge -> edge.life(evidence.of(edge))).toList();
    }

    /** Accounts that several people linked are nobody's in particular. */
    private void readOwners() throws SQLException {
        sql.each(
                "select distinct l.principal, r.value, u.value, l.researcher from linked l join identity r on r.id = l.researcher"
                        + " left join person n on n.researcher = l.researcher left join identity u on u.id = n.username",
                row -> {
                    if (owners.putIfAbsent(row.integer(1), new Holder(row.textOrNull(2), row.textOrNull(3))) != null) {
                        shared.add(row.integer(1));
                    }
                });
        owners.keySet().removeAll(shared);
    }

    private void readContents() throws SQLException {
        sql.each(
                "select resource, dataset from resource_dataset where from_at <= ? and (to_at is null or to_at >= ?)",
                row -> contents.computeIfAbsent(row.integer(1), _ -> new TreeSet<>())
                        .add(row.text(2)),
                until,
                since);
    }

    private void readRests() throws SQLException {
        sql.each(
                "select h.edge, r.value, u.value, h.dataset, h.basis, h.expires_at, h.from_at, h.to_at"
                        + " from edge e join holding h on h.edge = e.id join identity r on r.id = h.researcher"
                        + " left join person n on n.researcher = h.researcher left join identity u on u.id = n.username"
                        + " where" + wanted + " order by h.edge, h.from_at, h.dataset, r.id",
                row -> rests.computeIfAbsent(row.integer(1), _ -> new ArrayList<>())
                        .add(new Rest(
                                new Holder(row.textOrNull(2), row.textOrNull(3)),
                                row.text(4),
                                row.text(5),
                                row.instantOrNull(6),
                                row.instant(7),
                                row.instantOrNull(8))),
                arguments.toArray());
    }

    private Edge edge(Row row) throws SQLException {
        String value = row.textOrNull(5);
        return new Edge(
                row.integer(4),
                row.instant(8),
                new Life(
                        row.text(3),
                        value == null
                                ? null
                                : Principals.of(value, row.textOrNull(6)).text(),
                        row.instant(7),
                        row.instantOrNull(9),
                        row.flag(10),
                        row.instantOrNull(11),
                        row.instantOrNull(12),
                        row.instantOrNull(13),
                        row.textOrNull(14),
                        row.textOrNull(15),
                        row.textOrNull(16),
                        owners.get(row.integer(4)),
                        List.copyOf(contents.getOrDefault(row.integer(2), new TreeSet<>())),
                        rests.getOrDefault(row.integer(1), List.of()),
                        List.of()));
    }

    /**
     * A life whose evidence is not known yet.
     *
     * @param principal row of the identity
     * @param begins when it was first meant to be
     */
    record Edge(int principal, Instant begins, Life bare) {
        Life life(List<Position> evidence) {
            return new Life(
                    bare.resource(),
                    bare.principal(),
                    bare.since(),
                    bare.until(),
                    bare.adopted(),
                    bare.firstProvenAt(),
                    bare.provenAt(),
                    bare.detectedAt(),
                    bare.end(),
                    bare.run(),
                    bare.revokeRun(),
                    bare.owner(),
                    bare.datasets(),
                    bare.rests(),
                    evidence);
        }
    }
}

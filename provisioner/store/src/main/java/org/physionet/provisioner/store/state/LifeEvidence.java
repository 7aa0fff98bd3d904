package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.physionet.provisioner.engine.store.ReportQueries.Position;
import org.physionet.provisioner.store.ledger.CanonicalJson;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** Which ledger records tell the lives of edges: those that name the principal and the resource while the edge was there. */
final class LifeEvidence {
    private static final String RECORD = "select seq, at, type, payload, hash from ledger where ";

    private final Map<Integer, List<Told>> byPrincipal = new HashMap<>();
    /** A read that proved many edges names none of them, only their digest; its time is their proof's. */
    private final Map<Instant, List<Told>> reads = new HashMap<>();

    private record Told(Position record, String payload) {
        boolean about(String resource) {
            return payload.contains("\"resource\":" + CanonicalJson.of(resource));
        }

        static Told of(Row row) throws SQLException {
            return new Told(new Position(row.number(1), row.instant(2), row.text(3), row.text(5)), row.text(4));
        }
    }

    private LifeEvidence() {}

    static LifeEvidence read(Sql sql, List<LifeReader.Edge> edges) throws SQLException {
        LifeEvidence evidence = new LifeEvidence();
        Set<Integer> principals = new HashSet<>();
        Set<Instant> proofs = new HashSet<>();
        for (LifeReader.Edge edge : edges) {
            principals.add(edge.principal());
            Instant proven = edge.bare().provenAt();
            if (proven != null) {
                proofs.add(proven);
            }
        }
        Map<Long, List<Integer>> mentions = new TreeMap<>();
        sql.eachIn(
                "select seq, identity from ledger_subject where identity in " + Sql.VALUES,
                principals,
                row -> mentions.computeIfAbsent(row.number(1), _ -> new ArrayList<>())
                        .add(row.integer(2)));
        sql.eachIn(RECORD + "seq in " + Sql.VALUES, mentions.keySet(), row -> {
            Told told = Told.of(row);
            mentions.getOrDefault(row.number(1), List.of())
                    .forEach(principal -> evidence.byPrincipal
                            .computeIfAbsent(principal, _ -> new ArrayList<>())
                            .add(told));
        });
        sql.eachIn(RECORD + "type = 'witnessed' and at in " + Sql.VALUES, proofs, row -> {
            Told told = Told.of(row);
            evidence.reads
                    .computeIfAbsent(told.record().at(), _ -> new ArrayList<>())
                    .add(told);
        });
        return evidence;
    }

    /** In order of their numbers. */
    List<Position> of(LifeReader.Edge edge) {
        Map<Long, Position> found = new TreeMap<>();
        Instant until = edge.bare().until();
        for (Told told : byPrincipal.getOrDefault(edge.principal(), List.of())) {
            Instant at = told.record().at();
            boolean then = !at.isBefore(edge.begins()) && (until == null || !at.isAfter(until));
            if (then && told.about(edge.bare().resource())) {
                found.put(told.record().seq(), told.record());
            }
        }
        Instant proven = edge.bare().provenAt();
        if (proven != null) {
            reads.getOrDefault(proven, List.of()).stream()
                    .filter(told -> told.about(edge.bare().resource()))
                    .forEach(told -> found.put(told.record().seq(), told.record()));
        }
        return List.copyOf(found.values());
    }
}

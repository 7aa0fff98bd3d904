package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Micros;
import org.physionet.provisioner.store.sql.Sql;

/** On whose entitlement edges rest, from when to when; and, with it, which places are in use. */
final class Holdings {
    /** One holding as a row; its end in micros. */
    private record Line(
            int researcher,
            String dataset,
            String basis,
            @Nullable Long expiresAt) {}

    private final Recording recording;

    Holdings(Recording recording) {
        this.recording = recording;
    }

    /**
     * From now on each of these edges rests on exactly these.
     *
     * @return the edges for which that is news
     */
    Set<EdgeLife> set(int resource, Map<EdgeLife, List<Holding>> wanted) throws SQLException {
        Set<ResearcherId> mentioned = new LinkedHashSet<>();
        wanted.values().forEach(holdings -> holdings.forEach(h -> mentioned.add(h.researcher())));
        Map<ResearcherId, Identity> researchers = recording.people().researchers(mentioned);
        Map<Integer, Set<Line>> before = now(wanted.keySet());
        Set<EdgeLife> changed = new LinkedHashSet<>();
        List<@Nullable Object[]> ended = new ArrayList<>();
        List<@Nullable Object[]> begun = new ArrayList<>();
        Set<Integer> losing = new HashSet<>();
        Set<Integer> gaining = new HashSet<>();
        wanted.forEach((edge, holdings) -> {
            Set<Line> was = before.getOrDefault(edge.id, Set.of());
            Set<Line> will = new LinkedHashSet<>();
            holdings.forEach(h -> will.add(new Line(
                    Rows.get(researchers, h.researcher()).id(),
                    h.dataset().toString(),
                    h.basis().text(),
                    micros(h.expiresAt()))));
            was.stream().filter(line -> !will.contains(line)).forEach(line -> {
                ended.add(
                        new @Nullable Object[] {recording.at(), edge.id, line.researcher(), line.dataset(), line.basis()
                        });
                losing.add(line.researcher());
                changed.add(edge);
            });
            will.stream().filter(line -> !was.contains(line)).forEach(line -> {
                begun.add(new @Nullable Object[] {
                    edge.id, line.researcher(), line.dataset(), line.basis(), line.expiresAt(), recording.at()
                });
                gaining.add(line.researcher());
                changed.add(edge);
            });
        });
        Sql sql = recording.sql();
        sql.batch(
                "update holding set to_at = ? where edge = ? and researcher = ? and dataset = ? and basis = ? and to_at is null",
                ended);
        sql.batch(
                "insert into holding (edge, researcher, dataset, basis, expires_at, from_at) values (?, ?, ?, ?, ?, ?)",
                begun);
        freePlaces(resource, losing);
        sql.batch(
                "update place set freed_at = null where resource = ? and researcher = ? and freed_at is not null",
                pairs(resource, gaining));
        return changed;
    }

    /** Edges were closed at these instants: nothing rests on them any more. */
    void end(int resource, Collection<EdgeLife> closed) throws SQLException {
        List<@Nullable Object[]> ended = new ArrayList<>();
        closed.forEach(edge -> ended.add(new @Nullable Object[] {edge.closedAt, edge.id}));
        Set<Integer> losing = new HashSet<>();
        now(closed).values().forEach(lines -> lines.forEach(line -> losing.add(line.researcher())));
        recording.sql().batch("update holding set to_at = ? where edge = ? and to_at is null", ended);
        freePlaces(resource, losing);
    }

    private Map<Integer, Set<Line>> now(Collection<EdgeLife> edges) throws SQLException {
        Map<Integer, Set<Line>> now = new HashMap<>();
        recording
                .sql()
                .eachIn(
                        "select edge, researcher, dataset, basis, expires_at from holding where to_at is null and edge in "
                                + Sql.VALUES,
                        edges.stream().filter(e -> !e.fresh).map(e -> e.id).toList(),
                        row -> now.computeIfAbsent(row.integer(1), e -> new LinkedHashSet<>())
                                .add(new Line(row.integer(2), row.text(3), row.text(4), row.numberOrNull(5))));
        return now;
    }

    /** A place is free once its holder rests on nothing there; it is kept all the same. */
    private void freePlaces(int resource, Set<Integer> researchers) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        researchers.forEach(r -> rows.add(new @Nullable Object[] {recording.at(), resource, r, resource, r}));
        recording
                .sql()
                .batch(
                        "update place set freed_at = ? where resource = ? and researcher = ? and freed_at is null"
                                + " and not exists (select 1 from holding h join edge e on e.id = h.edge"
                                + " where e.resource = ? and h.researcher = ? and h.to_at is null)",
                        rows);
    }

    private static List<@Nullable Object[]> pairs(int resource, Set<Integer> researchers) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        researchers.forEach(r -> rows.add(new @Nullable Object[] {resource, r}));
        return rows;
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null ? null : Micros.of(instant);
    }

    /** How a ledger record tells one. */
    static Map<String, ?> told(Holding holding, Identity researcher) {
        Map<String, @Nullable Object> told = new HashMap<>();
        told.put("researcher", researcher);
        told.put("dataset", holding.dataset().toString());
        told.put("basis", holding.basis().text());
        told.put("expiresAt", holding.expiresAt());
        return told;
    }
}

package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.AccessQueries.AccessLine;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identities;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Micros;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** Who could read what at an instant. */
public final class AccessReader {
    private static final Comparator<AccessLine> ORDER = Comparator.comparing(
                    AccessLine::dataset, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(AccessLine::researcher, Comparator.nullsLast(AccessReader::compareResearchers))
            .thenComparing(AccessLine::resource)
            .thenComparing(AccessLine::principal);

    private final Sql sql;
    private final long at;
    private final @Nullable Integer researcher;
    private final @Nullable String dataset;
    /** Whose an account is, where exactly one person ever linked it. */
    private final Map<Integer, Holder> owners = new HashMap<>();

    private final Map<Integer, List<String>> contents = new HashMap<>();
    private final List<AccessLine> lines = new ArrayList<>();

    /** @param id null: several people, so nobody in particular */
    private record Holder(
            @Nullable Integer id,
            @Nullable String researcher,
            @Nullable String username) {}

    private AccessReader(Sql sql, Instant at, @Nullable Integer researcher, @Nullable String dataset) {
        this.sql = sql;
        this.at = Micros.of(at);
        this.researcher = researcher;
        this.dataset = dataset;
    }

    /**
     * Edges in force then, also those whose grant or revocation had no answer yet. An edge on which nothing rested then
     * gives one line for each dataset that was there, without a basis, with the person who links the account if it is one.
     */
    public static List<AccessLine> accessAt(
            Sql sql, Instant at, @Nullable ResearcherId researcher, @Nullable DatasetId dataset) throws SQLException {
        Integer id = null;
        if (researcher != null) {
            Optional<Integer> known = Identities.find(sql, researcher);
            if (known.isEmpty()) {
                return List.of();
            }
            id = known.get();
        }
        AccessReader reader = new AccessReader(sql, at, id, dataset == null ? null : dataset.toString());
        reader.readOwners();
        reader.readContents();
        reader.readEdges();
        reader.lines.sort(ORDER);
        return reader.lines;
    }

    private void readOwners() throws SQLException {
        sql.each(
                "select l.principal, l.researcher, r.value, u.value from linked l join identity r on r.id = l.researcher"
                        + " left join person n on n.researcher = l.researcher left join identity u on u.id = n.username",
                row -> owners.merge(
                        row.integer(1),
                        new Holder(row.integer(2), row.textOrNull(3), row.textOrNull(4)),
                        (one, other) -> one.equals(other) ? one : new Holder(null, null, null)));
    }

    private void readContents() throws SQLException {
        sql.each(
                "select resource, dataset from resource_dataset where from_at <= ? and (to_at is null or to_at > ?)",
                row -> contents.computeIfAbsent(row.integer(1), r -> new ArrayList<>())
                        .add(row.text(2)),
                at,
                at);
    }

    private void readEdges() throws SQLException {
        StringBuilder query =
                new StringBuilder("select e.resource, s.location, e.principal, p.value, e.adopted, e.since_at,"
                        + " e.closed_at, case when e.proven_at <= ? then e.proven_at when e.first_proven_at <= ? then e.first_proven_at end,"
                        + " h.edge is not null, h.researcher, r.value, u.value, h.dataset, h.basis, h.expires_at, p.spelling"
                        + " from edge e join resource s on s.id = e.resource join identity p on p.id = e.principal"
                        + " left join holding h on h.edge = e.id and h.from_at <= ? and (h.to_at is null or h.to_at > ?)"
                        + " left join identity r on r.id = h.researcher left join person n on n.researcher = h.researcher"
                        + " left join identity u on u.id = n.username"
                        + " where e.since_at <= ? and (e.closed_at is null or e.closed_at > ?)"
                        + " and (e.closed_as is null or e.closed_as <> 'refused')");
        List<Object> arguments = new ArrayList<>(List.of(at, at, at, at, at, at));
        if (researcher != null) {
            query.append(" and (e.id in (select edge from holding where researcher = ?)"
                    + " or e.principal in (select principal from linked where researcher = ?))");
            arguments.add(researcher);
            arguments.add(researcher);
        }
        if (dataset != null) {
            query.append(" and (e.id in (select edge from holding where dataset = ?)"
                    + " or e.resource in (select resource from resource_dataset where dataset = ?))");
            arguments.add(dataset);
            arguments.add(dataset);
        }
        sql.each(query.toString(), this::edge, arguments.toArray());
    }

    private void edge(Row row) throws SQLException {
        if (row.flag(9)) {
            Holder holder = new Holder(row.integer(10), row.textOrNull(11), row.textOrNull(12));
            line(row, holder, row.text(13), row.text(14), row.instantOrNull(15));
            return;
        }
        Holder owner = owners.getOrDefault(row.integer(3), new Holder(null, null, null));
        List<String> here = contents.getOrDefault(row.integer(1), List.of());
        for (String content : here) {
            line(row, owner, content, null, null);
        }
        if (here.isEmpty()) {
            line(row, owner, null, null, null);
        }
    }

    private void line(Row row, Holder holder, @Nullable String of, @Nullable String basis, @Nullable Instant expiresAt)
            throws SQLException {
        boolean wanted =
                (researcher == null || researcher.equals(holder.id())) && (dataset == null || dataset.equals(of));
        if (wanted) {
            lines.add(new AccessLine(
                    holder.researcher(),
                    holder.username(),
                    of,
                    row.text(2),
                    principal(row),
                    row.instant(6),
                    row.instantOrNull(7),
                    basis,
                    row.instantOrNull(8),
                    expiresAt,
                    row.flag(5)));
        }
    }

    private static String principal(Row row) throws SQLException {
        String value = row.textOrNull(4);
        return value == null
                ? Erasure.ERASED
                : Principals.of(value, row.textOrNull(16)).text();
    }

    private static int compareResearchers(String one, String other) {
        return new ResearcherId(one).compareTo(new ResearcherId(other));
    }
}

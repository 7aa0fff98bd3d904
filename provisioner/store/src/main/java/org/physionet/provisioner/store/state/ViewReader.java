package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Reads the whole present, one scan a table: identities are looked up in memory, which is faster than joining them in. Numbers
 * stand for words in the queries that give many rows, because a text costs several times a number to hand over.
 */
public final class ViewReader {
    /** A place is its person's for 90 days after access ended, by the time of the resource's last observation. */
    private static final String PLACES =
            "select p.resource, p.researcher, p.document from place p join resource r on r.id = p.resource"
                    + " where p.freed_at is null or p.freed_at > r.observed_at - "
                    + java.time.Duration.ofDays(90).toNanos() / 1000;

    private static final Comparator<Holding> HOLDINGS = Comparator.comparing(Holding::researcher)
            .thenComparing(Holding::dataset)
            .thenComparing(Holding::basis);

    private final Sql sql;
    private final ById<ResearcherId> researchers = new ById<>();
    private final ById<Principal> principals = new ById<>();
    private final ById<String> usernames = new ById<>();
    private final Map<Integer, ResourceId> locations = new HashMap<>();
    private final Map<String, DatasetId> datasets = new HashMap<>();
    private final Map<String, Basis> bases = new HashMap<>();

    /** Values by their row's number; the numbers are dense. */
    private static final class ById<T> {
        private final ArrayList<@Nullable T> values = new ArrayList<>();

        void put(int id, T value) {
            while (values.size() <= id) {
                values.add(null);
            }
            values.set(id, value);
        }

        @Nullable T get(int id) {
            return id < values.size() ? values.get(id) : null;
        }
    }

    private ViewReader(Sql sql) {
        this.sql = sql;
    }

    /** Edges in the order in which they were recorded; an edge's holdings by researcher and dataset. */
    public static RecordView view(Sql sql) throws SQLException {
        ViewReader reader = new ViewReader(sql);
        reader.readIdentities();
        Map<ResourceId, ResourceRecord> resources = reader.resources();
        return new RecordView(
                reader.edges(),
                resources,
                reader.linked(),
                reader.otherNames(),
                reader.names(),
                HoldReader.inForce(sql),
                CaseTable.current(sql),
                QuarantineTable.current(sql),
                Facts.baseline(sql),
                Facts.sourceCounts(sql),
                Facts.holdsUnknown(sql),
                PauseTable.inForce(sql));
    }

    private void readIdentities() throws SQLException {
        sql.each(
                "select id, case kind when 'researcher' then 1 when 'username' then 2 else 3 end, value, spelling from identity"
                        + " where kind in ('researcher', 'username', 'principal') and value is not null",
                row -> {
                    switch (row.integer(2)) {
                        case 1 -> researchers.put(row.integer(1), new ResearcherId(row.text(3)));
                        case 2 -> usernames.put(row.integer(1), row.text(3));
                        default -> principals.put(row.integer(1), Principals.of(row.text(3), row.textOrNull(4)));
                    }
                });
    }

    private Map<Principal, Principal> otherNames() throws SQLException {
        Map<Principal, Principal> names = new HashMap<>();
        sql.each("select name, principal from other_name", row -> {
            Principal name = principals.get(row.integer(1));
            Principal principal = principals.get(row.integer(2));
            if (name != null && principal != null) {
                names.put(name, principal);
            }
        });
        return names;
    }

    private List<EdgeRecord> edges() throws SQLException {
        ById<List<Holding>> holdings = new ById<>();
        sql.each("select edge, researcher, dataset, basis, expires_at from holding where to_at is null", row -> {
            ResearcherId researcher = researchers.get(row.integer(2));
            if (researcher != null) {
                Holding holding = new Holding(
                        researcher,
                        dataset(row.text(3)),
                        bases.computeIfAbsent(row.text(4), Basis::ofText),
                        row.instantOrNull(5));
                int edge = row.integer(1);
                List<Holding> before = holdings.get(edge);
                holdings.put(edge, before == null ? List.of(holding) : with(before, holding));
            }
        });
        List<EdgeRecord> edges = new ArrayList<>();
        sql.each(
                "select id, resource, principal,"
                        + " case state when 'granting' then 1 when 'granted' then 2 when 'revoking' then 3 else 4 end,"
                        + " adopted, since_at, proven_at, revoke_detected_at from edge where closed_at is null order by id",
                row -> {
                    List<Holding> rests = holdings.get(row.integer(1));
                    edges.add(edge(row, rests == null ? List.of() : rests));
                });
        return edges;
    }

    private static List<Holding> with(List<Holding> some, Holding more) {
        List<Holding> all = new ArrayList<>(some);
        all.add(more);
        all.sort(HOLDINGS);
        return all;
    }

    private EdgeRecord edge(Row row, List<Holding> holdings) throws SQLException {
        return new EdgeRecord(
                Rows.get(locations, row.integer(2)),
                Objects.requireNonNull(principals.get(row.integer(3)), "an open edge's identity is never erased"),
                switch (row.integer(4)) {
                    case 1 -> EdgeRecord.State.GRANTING;
                    case 2 -> EdgeRecord.State.GRANTED;
                    case 3 -> EdgeRecord.State.REVOKING;
                    default -> throw new IllegalStateException("edge " + row.integer(1) + " is closed without an end");
                },
                row.flag(5),
                row.instant(6),
                row.instantOrNull(7),
                row.instantOrNull(8),
                holdings);
    }

    private Map<ResourceId, ResourceRecord> resources() throws SQLException {
        Map<Integer, SortedSet<DatasetId>> contents = new HashMap<>();
        sql.each(
                "select resource, dataset from resource_dataset where to_at is null",
                row -> contents.computeIfAbsent(row.integer(1), r -> new TreeSet<>())
                        .add(dataset(row.text(2))));
        Map<Integer, SortedSet<String>> documents = new HashMap<>();
        sql.each(
                "select resource, name from document",
                row -> documents
                        .computeIfAbsent(row.integer(1), r -> new TreeSet<>())
                        .add(row.text(2)));
        Map<Integer, SortedMap<ResearcherId, String>> places = new HashMap<>();
        sql.each(PLACES, row -> {
            ResearcherId researcher = researchers.get(row.integer(2));
            if (researcher != null) {
                places.computeIfAbsent(row.integer(1), r -> new TreeMap<>()).put(researcher, row.text(3));
            }
        });
        Map<Integer, SortedMap<String, String>> options = new HashMap<>();
        sql.each(
                "select resource, name, value from resource_option",
                row -> options.computeIfAbsent(row.integer(1), r -> new TreeMap<>())
                        .put(row.text(2), row.text(3)));
        Map<ResourceId, ResourceRecord> resources = new TreeMap<>();
        sql.each(
                "select id, location, provider, layout, awaits_adoption, first_seen_at, adopted_at, observed_at, readers"
                        + " from resource",
                row -> {
                    int id = row.integer(1);
                    ResourceId location = new ResourceId(row.text(2));
                    locations.put(id, location);
                    resources.put(
                            location,
                            new ResourceRecord(
                                    location,
                                    row.text(3),
                                    row.text(4),
                                    options.getOrDefault(id, new TreeMap<>()),
                                    contents.getOrDefault(id, new TreeSet<>()),
                                    row.flag(5),
                                    row.instant(6),
                                    row.instantOrNull(7),
                                    row.instantOrNull(8),
                                    row.integer(9),
                                    new Places(
                                            documents.getOrDefault(id, new TreeSet<>()),
                                            places.getOrDefault(id, new TreeMap<>()))));
                });
        return resources;
    }

    private Map<ResearcherId, SortedSet<Principal>> linked() throws SQLException {
        Map<ResearcherId, SortedSet<Principal>> linked = new HashMap<>();
        sql.each("select researcher, principal from linked", row -> {
            ResearcherId researcher = researchers.get(row.integer(1));
            Principal principal = principals.get(row.integer(2));
            if (researcher != null && principal != null) {
                linked.computeIfAbsent(researcher, r -> new TreeSet<>()).add(principal);
            }
        });
        return linked;
    }

    private Map<ResearcherId, String> names() throws SQLException {
        Map<ResearcherId, String> names = new HashMap<>();
        sql.each("select researcher, username from person", row -> {
            ResearcherId researcher = researchers.get(row.integer(1));
            String username = usernames.get(row.integer(2));
            if (researcher != null && username != null) {
                names.put(researcher, username);
            }
        });
        return names;
    }

    private DatasetId dataset(String text) {
        return datasets.computeIfAbsent(text, DatasetId::parse);
    }
}

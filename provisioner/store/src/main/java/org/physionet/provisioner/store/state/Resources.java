package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Resources as observed, their documents, and people's places in them. */
public final class Resources {
    private Resources() {}

    /** @throws IllegalArgumentException if the resource was never seen */
    static int id(Sql sql, ResourceId resource) throws SQLException {
        return find(sql, resource)
                .orElseThrow(() -> new IllegalArgumentException(resource
                        + ": expected a resource that was seen, found none recorded; call resourceSeen first"));
    }

    private static Optional<Integer> find(Sql sql, ResourceId resource) throws SQLException {
        return sql.first("select id from resource where location = ?", row -> row.integer(1), resource.text());
    }

    /** Told only if more than the moment and the number of readers is new. */
    public static void seen(
            Recording recording, Resource resource, boolean awaitsAdoption, int readers, SortedSet<String> documents)
            throws SQLException {
        Sql sql = recording.sql();
        Optional<Integer> known = find(sql, resource.id());
        boolean changed = known.isEmpty();
        int id;
        if (known.isPresent()) {
            id = known.get();
            changed = sql.update(
                            "update resource set provider = ?, layout = ? where id = ? and (provider <> ? or layout <> ?)",
                            resource.provider(),
                            resource.layout(),
                            id,
                            resource.provider(),
                            resource.layout())
                    > 0;
            sql.update("update resource set observed_at = ?, readers = ? where id = ?", recording.at(), readers, id);
        } else {
            id = sql.first("select coalesce(max(id), 0) + 1 from resource", row -> row.integer(1))
                    .orElse(1);
            sql.update(
                    "insert into resource (id, location, provider, layout, awaits_adoption, first_seen_at, observed_at, readers)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    resource.id().text(),
                    resource.provider(),
                    resource.layout(),
                    awaitsAdoption,
                    recording.at(),
                    recording.at(),
                    readers);
        }
        changed |= setOptions(sql, id, resource.options());
        changed |= setDatasets(recording, id, resource.datasets());
        changed |= setDocuments(sql, id, documents);
        if (changed) {
            recording.tell(
                    EventType.RESOURCE_SEEN,
                    Map.of(
                            "resource", resource.id().text(),
                            "provider", resource.provider(),
                            "layout", resource.layout(),
                            "options", resource.options(),
                            "datasets",
                                    resource.datasets().stream()
                                            .map(DatasetId::toString)
                                            .toList(),
                            "documents", documents,
                            "new", known.isEmpty(),
                            "awaitsAdoption", known.isEmpty() && awaitsAdoption,
                            "readers", readers));
        }
    }

    private static boolean setOptions(Sql sql, int id, Map<String, String> options) throws SQLException {
        Map<String, String> before = new HashMap<>();
        sql.each(
                "select name, value from resource_option where resource = ?",
                row -> before.put(row.text(1), row.text(2)),
                id);
        if (before.equals(options)) {
            return false;
        }
        sql.update("delete from resource_option where resource = ?", id);
        List<@Nullable Object[]> rows = new ArrayList<>();
        options.forEach((name, value) -> rows.add(new @Nullable Object[] {id, name, value}));
        sql.batch("insert into resource_option (resource, name, value) values (?, ?, ?)", rows);
        return true;
    }

    private static boolean setDatasets(Recording recording, int id, Collection<DatasetId> datasets)
            throws SQLException {
        Set<String> now = new TreeSet<>();
        datasets.forEach(d -> now.add(d.toString()));
        Set<String> before = new TreeSet<>(recording
                .sql()
                .list(
                        "select dataset from resource_dataset where resource = ? and to_at is null",
                        row -> row.text(1),
                        id));
        List<@Nullable Object[]> ended = new ArrayList<>();
        before.stream()
                .filter(d -> !now.contains(d))
                .forEach(d -> ended.add(new @Nullable Object[] {recording.at(), id, d}));
        List<@Nullable Object[]> begun = new ArrayList<>();
        now.stream()
                .filter(d -> !before.contains(d))
                .forEach(d -> begun.add(new @Nullable Object[] {id, d, recording.at()}));
        recording
                .sql()
                .batch(
                        "update resource_dataset set to_at = ? where resource = ? and dataset = ? and to_at is null",
                        ended);
        recording.sql().batch("insert into resource_dataset (resource, dataset, from_at) values (?, ?, ?)", begun);
        return !ended.isEmpty() || !begun.isEmpty();
    }

    private static boolean setDocuments(Sql sql, int id, Set<String> documents) throws SQLException {
        Set<String> before =
                new HashSet<>(sql.list("select name from document where resource = ?", row -> row.text(1), id));
        if (before.equals(documents)) {
            return false;
        }
        sql.update("delete from document where resource = ?", id);
        sql.batch(
                "insert into document (resource, name) values (?, ?)",
                documents.stream()
                        .map(name -> new @Nullable Object[] {id, name})
                        .toList());
        return true;
    }

    /** Places of people whom the call does not name stay; so do the documents if it names none. */
    public static void place(Recording recording, ResourceId resource, Places places) throws SQLException {
        Sql sql = recording.sql();
        int id = id(sql, resource);
        boolean changed = !places.documents().isEmpty() && setDocuments(sql, id, places.documents());
        Map<Integer, String> before = new HashMap<>();
        sql.each(
                "select researcher, document from place where resource = ? and freed_at is null",
                row -> before.put(row.integer(1), row.text(2)),
                id);
        Map<ResearcherId, Identity> holders =
                recording.people().researchers(places.byHolder().keySet());
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<Map<String, ?>> told = new ArrayList<>();
        places.byHolder().forEach((researcher, document) -> {
            Identity holder = Rows.get(holders, researcher);
            if (!document.equals(before.get(holder.id()))) {
                rows.add(new @Nullable Object[] {id, holder.id(), document, recording.at()});
                told.add(Map.of("holder", holder, "document", document));
            }
        });
        sql.batch(
                "insert into place (resource, researcher, document, placed_at) values (?, ?, ?, ?)"
                        + " on conflict (resource, researcher) do update"
                        + " set document = excluded.document, placed_at = excluded.placed_at, freed_at = null",
                rows);
        for (List<Map<String, ?>> part : Recording.parts(told)) {
            recording.tell(
                    EventType.PLACES_SET,
                    Map.of("resource", resource.text(), "documents", places.documents(), "places", part));
        }
        if (changed && told.isEmpty()) {
            recording.tell(
                    EventType.PLACES_SET,
                    Map.of("resource", resource.text(), "documents", places.documents(), "places", List.of()));
        }
    }
}

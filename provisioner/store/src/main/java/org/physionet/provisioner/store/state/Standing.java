package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Sql;

/** What open edges rest on now, and which of them should go, as far as it differs from the record. */
public final class Standing {
    private Standing() {}

    /** Those of the wanted holdings that the record has differently; edges that are not recorded are left out. */
    public static Map<Principal, List<Holding>> differences(
            Sql sql, ResourceId resource, Map<Principal, List<Holding>> wanted) throws SQLException {
        int id = Resources.id(sql, resource);
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Map<Principal, Set<Holding>> recorded = new HashMap<>();
        Set<Principal> leaving = new HashSet<>();
        sql.each(
                "select p.value, p.spelling, e.state = 'revoking' or e.revoke_detected_at is not null,"
                        + " r.value, h.dataset, h.basis, h.expires_at"
                        + " from edge e join identity p on p.id = e.principal"
                        + " left join holding h on h.edge = e.id and h.to_at is null"
                        + " left join identity r on r.id = h.researcher"
                        + " where e.resource = ? and e.closed_at is null",
                row -> {
                    Principal principal = Principals.of(row.text(1), row.textOrNull(2));
                    if (row.flag(3)) {
                        leaving.add(principal);
                    }
                    Set<Holding> holdings = recorded.computeIfAbsent(principal, p -> new HashSet<>());
                    String researcher = row.textOrNull(4);
                    if (researcher != null) {
                        holdings.add(new Holding(
                                new ResearcherId(researcher),
                                DatasetId.parse(row.text(5)),
                                Basis.ofText(row.text(6)),
                                row.instantOrNull(7)));
                    }
                },
                id);
        Map<Principal, List<Holding>> different = new LinkedHashMap<>();
        wanted.forEach((principal, holdings) -> {
            Set<Holding> before = recorded.get(principal);
            boolean stays = !holdings.isEmpty() && leaving.contains(principal);
            if (before != null && (stays || !before.equals(new HashSet<>(holdings)))) {
                different.put(principal, holdings);
            }
        });
        return different;
    }

    /** An edge that somebody is entitled to need not go: a revocation that was due or under way is off. */
    public static void hold(Recording recording, RunId run, ResourceId resource, Map<Principal, List<Holding>> wanted)
            throws SQLException {
        Map<Principal, List<Holding>> different = differences(recording.sql(), resource, wanted);
        if (different.isEmpty()) {
            return;
        }
        int id = Resources.id(recording.sql(), resource);
        Map<Principal, Identity> principals = recording.people().principals(different.keySet());
        EdgeTable table = new EdgeTable(recording.sql());
        Map<Integer, EdgeLife> open = table.open(id, Changes.ids(principals.values()));
        Map<EdgeLife, List<Holding>> holdings = new LinkedHashMap<>();
        List<EdgeLife> staying = new ArrayList<>();
        different.forEach((principal, rests) -> {
            EdgeLife edge = Rows.get(open, Rows.get(principals, principal).id());
            holdings.put(edge, rests);
            if (!rests.isEmpty() && edge.shouldStay()) {
                staying.add(edge);
            }
        });
        table.save(staying);
        new Holdings(recording).set(id, holdings);
        tell(recording, run, resource, different, principals);
    }

    private static void tell(
            Recording recording,
            RunId run,
            ResourceId resource,
            Map<Principal, List<Holding>> different,
            Map<Principal, Identity> principals)
            throws SQLException {
        Set<ResearcherId> mentioned = new LinkedHashSet<>();
        different.values().forEach(all -> all.forEach(h -> mentioned.add(h.researcher())));
        Map<ResearcherId, Identity> researchers = recording.people().researchers(mentioned);
        List<Map<String, ?>> told = new ArrayList<>();
        different.forEach((principal, rests) -> told.add(Map.of(
                "principal", Rows.get(principals, principal),
                "holdings",
                        rests.stream()
                                .map(h -> Holdings.told(h, Rows.get(researchers, h.researcher())))
                                .toList())));
        for (List<Map<String, ?>> part : Recording.parts(told)) {
            recording.tell(EventType.HOLDINGS_CHANGED, run, Map.of("resource", resource.text(), "edges", part));
        }
    }

    /** Those of these principals whose open edge is not yet known to have to go. */
    public static Set<Principal> undetected(Sql sql, ResourceId resource, Collection<Principal> principals)
            throws SQLException {
        int id = Resources.id(sql, resource);
        Set<Principal> undetected = new HashSet<>();
        if (!principals.isEmpty()) {
            sql.each(
                    "select i.value, i.spelling from edge e join identity i on i.id = e.principal"
                            + " where e.resource = ? and e.closed_at is null and e.revoke_detected_at is null",
                    row -> undetected.add(Principals.of(row.text(1), row.textOrNull(2))),
                    id);
            undetected.retainAll(new HashSet<>(principals));
        }
        return undetected;
    }

    public static void detect(Recording recording, RunId run, ResourceId resource, Collection<Principal> principals)
            throws SQLException {
        Set<Principal> news = undetected(recording.sql(), resource, principals);
        if (news.isEmpty()) {
            return;
        }
        int id = Resources.id(recording.sql(), resource);
        List<Identity> identities =
                List.copyOf(recording.people().principals(news).values());
        List<@Nullable Object[]> rows = new ArrayList<>();
        identities.forEach(i -> rows.add(new @Nullable Object[] {recording.at(), id, i.id()}));
        recording
                .sql()
                .batch(
                        "update edge set revoke_detected_at = ? where resource = ? and principal = ? and closed_at is null",
                        rows);
        for (List<Identity> part : Recording.parts(identities)) {
            recording.tell(EventType.REVOCATION_DETECTED, run, Map.of("resource", resource.text(), "principals", part));
        }
    }
}

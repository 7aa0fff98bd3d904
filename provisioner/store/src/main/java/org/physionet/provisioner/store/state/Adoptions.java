package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.Store.AdoptedEdge;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Takes edges that stand in a cloud into the record. */
public final class Adoptions {
    private Adoptions() {}

    public static void adopt(Recording recording, RunId run, ResourceId resource, List<AdoptedEdge> found)
            throws SQLException {
        Sql sql = recording.sql();
        int at = Resources.id(sql, resource);
        Map<Principal, Identity> principals = recording
                .people()
                .principals(found.stream().map(AdoptedEdge::principal).toList());
        EdgeTable table = new EdgeTable(sql);
        Map<Integer, EdgeLife> missing = table.open(at);
        Map<EdgeLife, List<Holding>> holdings = new LinkedHashMap<>();
        Set<Integer> done = new HashSet<>();
        for (AdoptedEdge edge : found) {
            int principal = Rows.get(principals, edge.principal()).id();
            if (!done.add(principal)) {
                continue;
            }
            EdgeLife life = missing.remove(principal);
            if (life == null) {
                life = table.begin(at, principal, true, EdgeLife.State.GRANTED, recording.at());
            }
            life.present(recording.at());
            holdings.put(life, edge.holdings());
        }
        missing.values().forEach(edge -> edge.gone(recording.at()));
        List<EdgeLife> changed = new ArrayList<>(holdings.keySet());
        changed.addAll(missing.values());
        table.save(changed);
        Holdings writer = new Holdings(recording);
        writer.end(at, missing.values());
        writer.set(at, holdings);
        sql.update("update resource set awaits_adoption = ?, adopted_at = ? where id = ?", false, recording.at(), at);
        tellAdopted(recording, run, resource, holdings, principals, missing.values());
    }

    /** Whether any of the edges is not recorded yet. */
    public static boolean newsIn(Sql sql, ResourceId resource, List<AdoptedEdge> edges) throws SQLException {
        Map<Principal, EdgeLife> open = new EdgeTable(sql).openByPrincipal(Resources.id(sql, resource));
        return edges.stream().anyMatch(edge -> !open.containsKey(edge.principal()));
    }

    /** Takes in those that are not recorded, and leaves all others alone. */
    public static void found(Recording recording, RunId run, ResourceId resource, List<AdoptedEdge> edges)
            throws SQLException {
        int at = Resources.id(recording.sql(), resource);
        Map<Principal, Identity> principals = recording
                .people()
                .principals(edges.stream().map(AdoptedEdge::principal).toList());
        EdgeTable table = new EdgeTable(recording.sql());
        Set<Integer> known =
                new HashSet<>(table.open(at, Changes.ids(principals.values())).keySet());
        Map<EdgeLife, List<Holding>> holdings = new LinkedHashMap<>();
        for (AdoptedEdge edge : edges) {
            int principal = Rows.get(principals, edge.principal()).id();
            if (known.add(principal)) {
                EdgeLife life = table.begin(at, principal, true, EdgeLife.State.GRANTED, recording.at());
                life.present(recording.at());
                holdings.put(life, edge.holdings());
            }
        }
        if (!holdings.isEmpty()) {
            table.save(holdings.keySet());
            new Holdings(recording).set(at, holdings);
            tellAdopted(recording, run, resource, holdings, principals, List.of());
        }
    }

    private static void tellAdopted(
            Recording recording,
            RunId run,
            ResourceId resource,
            Map<EdgeLife, List<Holding>> holdings,
            Map<Principal, Identity> principals,
            Collection<EdgeLife> missing)
            throws SQLException {
        Set<ResearcherId> mentioned = new HashSet<>();
        holdings.values().forEach(all -> all.forEach(h -> mentioned.add(h.researcher())));
        Map<ResearcherId, Identity> researchers = recording.people().researchers(mentioned);
        Map<Integer, Identity> byId = new LinkedHashMap<>();
        principals.values().forEach(p -> byId.put(p.id(), p));
        List<Map<String, ?>> told = new ArrayList<>();
        holdings.forEach((edge, rests) -> told.add(Map.of(
                "principal", Rows.get(byId, edge.principal),
                "new", edge.fresh,
                "holdings",
                        rests.stream()
                                .map(h -> Holdings.told(h, Rows.get(researchers, h.researcher())))
                                .toList())));
        List<EdgeLife> gone = List.copyOf(missing);
        Map<Integer, Identity> goneIds =
                recording.people().byId(gone.stream().map(e -> e.principal).toList());
        for (List<Map<String, ?>> part : Recording.parts(told)) {
            recording.tell(
                    EventType.ADOPTED, run, Map.of("resource", resource.text(), "edges", part, "gone", List.of()));
        }
        if (told.isEmpty() || !gone.isEmpty()) {
            recording.tell(
                    EventType.ADOPTED,
                    run,
                    Map.of("resource", resource.text(), "edges", List.of(), "gone", Reads.references(goneIds, gone)));
        }
    }
}

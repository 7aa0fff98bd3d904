package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.ledger.Sha256;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** What reading a resource showed of its edges, without a call of ours in between. */
public final class Reads {
    private static final Duration PROOF_LASTS = Duration.ofHours(1);

    private Reads() {}

    /** Whether a read has anything to write: an edge gone, unresolved, or not proven for an hour. */
    public static boolean newsIn(
            Sql sql, Instant at, ResourceId resource, Collection<Principal> present, Collection<Principal> gone)
            throws SQLException {
        return new Read(sql, at, resource, present, gone).news();
    }

    public static void witnessed(
            Recording recording,
            RunId run,
            ResourceId resource,
            Collection<Principal> present,
            Collection<Principal> gone)
            throws SQLException {
        Read read = new Read(recording.sql(), recording.at(), resource, present, gone);
        if (!read.news()) {
            return;
        }
        List<EdgeLife> resolved = read.proven.stream()
                .filter(e -> e.state == EdgeLife.State.GRANTING)
                .toList();
        read.proven.forEach(edge -> edge.present(recording.at()));
        read.gone.forEach(edge -> edge.gone(recording.at()));
        List<EdgeLife> changed = new ArrayList<>(read.proven);
        changed.addAll(read.gone);
        new EdgeTable(recording.sql()).save(changed);
        new Holdings(recording).end(read.id, read.gone);
        Map<Integer, Identity> identities =
                recording.people().byId(changed.stream().map(e -> e.principal).toList());
        List<Identity> proven = references(identities, read.proven);
        // Proofs recur every hour for everybody: the record keeps them by edge, the ledger how many and over whom.
        recording.tell(
                EventType.WITNESSED,
                run,
                Map.of(
                        "resource", resource.text(),
                        "proven", proven.size(),
                        "provenDigest",
                                Sha256.of(String.join(
                                        "\n",
                                        proven.stream()
                                                .map(Identity::ref)
                                                .sorted()
                                                .toList())),
                        "resolved", references(identities, resolved),
                        "gone", references(identities, read.gone)));
    }

    static List<Identity> references(Map<Integer, Identity> identities, List<EdgeLife> edges) {
        return edges.stream().map(e -> Rows.get(identities, e.principal)).toList();
    }

    /** The recorded edges that a read tells something new about. */
    private static final class Read {
        private final int id;
        private final List<EdgeLife> proven = new ArrayList<>();
        private final List<EdgeLife> gone = new ArrayList<>();

        Read(Sql sql, Instant at, ResourceId resource, Collection<Principal> present, Collection<Principal> notThere)
                throws SQLException {
            id = Resources.id(sql, resource);
            if (present.isEmpty() && notThere.isEmpty()) {
                return;
            }
            Map<Principal, EdgeLife> open = new EdgeTable(sql).openByPrincipal(id);
            for (Principal principal : new HashSet<>(present)) {
                EdgeLife edge = open.get(principal);
                if (edge != null && due(edge, at)) {
                    proven.add(edge);
                }
            }
            for (Principal principal : new HashSet<>(notThere)) {
                EdgeLife edge = open.get(principal);
                if (edge != null) {
                    gone.add(edge);
                }
            }
        }

        private static boolean due(EdgeLife edge, Instant at) {
            return edge.state == EdgeLife.State.GRANTING
                    || edge.provenAt == null
                    || edge.provenAt.isBefore(at.minus(PROOF_LASTS));
        }

        boolean news() {
            return !proven.isEmpty() || !gone.isEmpty();
        }
    }
}

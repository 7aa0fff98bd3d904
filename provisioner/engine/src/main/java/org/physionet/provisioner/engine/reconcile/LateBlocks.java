package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Situation;
import org.physionet.provisioner.engine.store.Store;

/**
 * Blocks that were made while a run was under way. The plan does not know them, and whoever made one has looked at the
 * clouds before this run's grant arrived there: only this run can keep the grant back, or take it away again.
 */
final class LateBlocks {
    private final Store store;
    private final Situation situation;
    private final Set<HoldId> planned = new HashSet<>();

    LateBlocks(Store store, Situation situation) {
        this.store = store;
        this.situation = situation;
        situation.record().holds().forEach(h -> planned.add(h.id()));
    }

    /** Of some grants those that must not be, as of now; asks the record. */
    List<Change> among(List<Change> grants, SortedSet<DatasetId> datasets) {
        if (grants.isEmpty()) {
            return List.of();
        }
        List<Hold> late = new ArrayList<>(store.holds());
        late.removeIf(h -> planned.contains(h.id()) || !(h instanceof Hold.Block));
        if (late.isEmpty()) {
            return List.of();
        }
        HoldIndex blocks = new HoldIndex(
                late, situation.links().byPerson(), situation.record().identities());
        return grants.stream()
                .filter(grant -> datasets.stream().anyMatch(d -> stops(blocks, grant, d)))
                .toList();
    }

    private static boolean stops(HoldIndex blocks, Change grant, DatasetId dataset) {
        return blocks.blockOf(grant.principal(), dataset).isPresent()
                || grant.researcher() != null
                        && blocks.blockOf(grant.researcher(), dataset).isPresent();
    }
}

package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.store.EdgeChange.Action;

/**
 * How one batch of changes is to be written, from one observation. Pure.
 *
 * @param writes in order, those that take somebody out first; upkeep alone is left out, it waits until the changes are in
 *     force
 * @param homeless changes for which the layout has no room
 * @param unwritten changes that no write does: e.g. somebody let in meanwhile whose account is deleted by now, there and not
 *     as wanted; the next run plans anew
 */
record Attempt(Batch batch, List<Write> writes, List<Change> homeless, List<Change> unwritten) {
    static Attempt of(Batch batch, Rendering rendering) {
        Set<Principal> unfit = new HashSet<>();
        rendering.unfit().forEach(one -> unfit.add(one.principal()));
        List<Write> writes = new ArrayList<>(rendering.writes());
        writes.removeIf(Upkeep::movesNobody);
        writes.sort(Comparator.comparing((Write w) -> w.revokes().isEmpty()));
        return new Attempt(
                batch,
                writes,
                batch.only(c -> unfit.contains(c.principal())),
                batch.only(
                        c -> !unfit.contains(c.principal()) && writes.stream().noneMatch(w -> does(w, c))));
    }

    /** The documents in which somebody will stand. */
    List<String> places() {
        return writes.stream()
                .filter(write -> !write.grants().isEmpty())
                .map(Write::document)
                .toList();
    }

    /** The changes that one of the writes does. */
    Batch partOf(Write write) {
        return new Batch(batch.only(c -> does(write, c)));
    }

    /** The changes that the writes from one on do. */
    Batch from(int first) {
        List<Write> left = writes.subList(first, writes.size());
        return new Batch(batch.only(c -> left.stream().anyMatch(w -> does(w, c))));
    }

    private static boolean does(Write write, Change change) {
        return change.action() == Action.GRANT
                ? write.grants().contains(change.principal())
                : write.revokes().contains(change.principal());
    }
}

package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.planning.Change;

/**
 * What of a resource's changes is still to be tried, in order. A refused batch is halved, the smaller half first; when that
 * one is accepted the other must be what was refused, and is halved unasked. So one bad change among n costs fewer than
 * 2 log₂ n writes beyond the first, wherever it stands.
 */
final class Worklist {
    private final Deque<Batch> batches = new ArrayDeque<>();

    /** The halves of the batch that was split last, while neither was tried; null: there is none. */
    private @Nullable Halves last;

    private record Halves(Batch one, Batch other) {}

    /** The next to be tried; empty batches are left out. */
    void first(Batch batch) {
        if (!batch.isEmpty()) {
            batches.addFirst(batch);
        }
    }

    @Nullable Batch poll() {
        return batches.poll();
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Halves of what was refused, next to be tried. Of one change there is only that one. */
    void split(Batch refused) {
        List<Batch> halves = refused.halves();
        halves.reversed().forEach(this::first);
        last = halves.size() == 2 ? new Halves(halves.getFirst(), halves.getLast()) : null;
    }

    /** A batch, or a part of one, was accepted. */
    void accepted(Batch part) {
        Halves halves = last;
        last = null;
        if (halves != null
                && halves.one().equals(part)
                && halves.other().equals(batches.peek())
                && halves.other().changes().size() > 1) {
            batches.poll();
            split(halves.other());
        }
    }

    /** Everything that is left; nothing is, afterwards. */
    Collection<Change> drain() {
        Collection<Change> left = new ArrayList<>();
        batches.forEach(batch -> left.addAll(batch.changes()));
        batches.clear();
        return left;
    }
}

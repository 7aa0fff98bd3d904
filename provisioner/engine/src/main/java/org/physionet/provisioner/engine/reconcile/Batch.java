package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.store.EdgeChange.Action;

/** Changes of one resource that are tried together. */
record Batch(List<Change> changes) {
    Batch {
        changes = List.copyOf(changes);
    }

    List<Change> grants() {
        return only(c -> c.action() == Action.GRANT);
    }

    List<Change> revocations() {
        return only(c -> c.action() == Action.REVOKE);
    }

    List<Change> only(Predicate<Change> which) {
        return changes.stream().filter(which).toList();
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Two halves, the first not larger. Of one change there is only that one. */
    List<Batch> halves() {
        if (changes.size() < 2) {
            return List.of(this);
        }
        int middle = changes.size() / 2;
        return new ArrayList<>(
                List.of(new Batch(changes.subList(0, middle)), new Batch(changes.subList(middle, changes.size()))));
    }
}

package org.physionet.provisioner.engine.reconcile;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.planning.Change;

/**
 * What follows from a write that a provider refused whole, so that nothing of it is in force. Pure.
 *
 * @param ours false: it was somebody else's entry, e.g. of an account deleted meanwhile (facts/gcp.md 2, row 7)
 * @param culprits grants that are known to be the reason
 * @param rest grants that are not
 * @param revocations which are sent before anything else, alone
 */
record Refused(boolean ours, List<Change> culprits, Batch rest, Batch revocations) {
    static Refused of(Batch part, Outcome.Rejected rejected) {
        Batch grants = new Batch(part.grants());
        Batch revocations = new Batch(part.revocations());
        SortedSet<Principal> named = new TreeSet<>(rejected.culprits());
        named.retainAll(grants.changes().stream().map(Change::principal).toList());
        if (named.isEmpty() && grants.changes().size() == 1 && revocations.isEmpty()) {
            named.add(grants.changes().getFirst().principal());
        }
        boolean elsewhere =
                grants.isEmpty() || named.isEmpty() && !rejected.culprits().isEmpty();
        return new Refused(
                !elsewhere,
                grants.only(c -> named.contains(c.principal())),
                new Batch(grants.only(c -> !named.contains(c.principal()))),
                revocations);
    }

    /** Whether nobody knows who it was, and half of them will have to tell. */
    boolean search() {
        return culprits.isEmpty() && revocations.isEmpty();
    }
}

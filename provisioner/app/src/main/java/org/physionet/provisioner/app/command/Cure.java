package org.physionet.provisioner.app.command;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.planning.Change;

/** How a difference between the record and a cloud is put right, if anybody decides that it should be. */
sealed interface Cure {
    /**
     * An edge comes or goes, as a run would do it.
     *
     * @param heldBy why no run does it now: a mode, the quarantine; null: nothing
     * @param caseId the case that holds it; null: none
     */
    record Edge(
            Change change,
            @Nullable String heldBy,
            @Nullable String caseId) implements Cure {}

    /** A lease gets the end that it should have. */
    record Lease(Principal principal) implements Cure {}

    /** The resource's documents are written as the layout writes them. */
    record Documents() implements Cure {}

    /**
     * Something goes that is not the engine's.
     *
     * @param who null: it names nobody in particular
     * @param way as the adapter tells it
     */
    record Way(@Nullable String who, String way) implements Cure {}

    /** Every reader of an orphan goes. */
    record Readers(int count) implements Cure {}

    /** There is nothing to decide: what is usual, and what could not be looked at. */
    record None() implements Cure {}
}

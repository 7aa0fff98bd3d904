package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Scope;

/**
 * What is asked of a run.
 *
 * @param trigger {@code run}, {@code apply}, {@code grant}, {@code revoke}, {@code schedule}
 * @param onlyThese the approved changes of a plan file; empty: everything that is planned. A change is approved if its
 *     action, researcher, resource and principal are
 * @param deadline after which the run starts nothing new
 */
public record RunRequest(
        String trigger,
        String actor,
        @Nullable String onBehalfOf,
        Scope scope,
        Optional<Set<Approved>> onlyThese,
        Duration deadline) {
    /** A command about one person, and a plan file, do what they say and nothing beside it. */
    boolean upkeep() {
        return onlyThese.isEmpty() && !scope.personal();
    }

    /**
     * What identifies a change across two plans.
     *
     * @param person the researcher's id, empty if nobody knows whose it is
     */
    public record Approved(String action, String person, String resource, String principal) {
        public static Approved of(Change change) {
            return new Approved(
                    change.action().text(),
                    change.researcher() == null ? "" : change.researcher().value(),
                    change.resource().text(),
                    change.principal().key());
        }
    }
}

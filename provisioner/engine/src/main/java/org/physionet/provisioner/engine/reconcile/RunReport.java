package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RunId;

/**
 * What a run did.
 *
 * @param plan null if it came to none: another run is in progress
 * @param proven changes that were read back as wanted
 * @param open changes that were not
 * @param upkeep what was done for documents although nobody moved
 * @param quarantined principals newly quarantined
 * @param opened cases that this run opened
 * @param sourceTrouble why the source moved nobody in or out; empty: it did
 * @param problems one sentence each: what failed
 * @param nextChange when time alone will change a decision next, as far as the source knows; empty: it does not, or could not
 *     be read. Worked out when it is asked for: among a million people that takes a while
 * @param exitCode as in CONTRACT
 */
public record RunReport(
        RunId run,
        @Nullable Plan plan,
        List<Change> proven,
        List<Change> open,
        List<Upkeep> upkeep,
        List<Quarantined> quarantined,
        List<GuardCase> opened,
        Optional<String> sourceTrouble,
        Map<String, Integer> predictedCalls,
        Map<String, Integer> actualCalls,
        List<String> problems,
        Supplier<Optional<Instant>> nextChange,
        int exitCode) {
    /** Nothing was done, because another run of everything goes on. */
    static RunReport busy(RunId id, Optional<Lease> holder) {
        String who =
                holder.map(l -> l.owner() + ", its lease ends " + l.expiresAt()).orElse("somebody");
        return new RunReport(
                id,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of("another run is in progress (" + who + "): nothing was touched; try again when it has ended"),
                Optional::empty,
                1);
    }
}

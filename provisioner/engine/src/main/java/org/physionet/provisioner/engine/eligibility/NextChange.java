package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * Finds the next moment at which time alone changes a decision. Terms hold up to and including their last instant, so a
 * decision changes one microsecond after it; an embargo is over at its own instant.
 */
final class NextChange {
    private final Standing standing;
    private final Population population;
    private final HoldIndex holds;
    private final Instant at;
    private long soonest = Ends.FOREVER;

    NextChange(Standing standing, Population population, HoldIndex holds, Instant at) {
        this.standing = standing;
        this.population = population;
        this.holds = holds;
        this.at = at;
    }

    Optional<Instant> find() {
        long now = Ends.microsUp(at);
        Set<TrainingTypeId> required = new HashSet<>();
        for (Dataset dataset : population.snapshot().datasets().values()) {
            required.addAll(dataset.requirement().trainings());
            if (dataset.requirement().approval()) {
                endsAfter(population.approvals(dataset.id()).soonest(now));
            }
            Instant embargo = dataset.embargoedUntil();
            if (embargo != null && embargo.isAfter(at)) {
                at(Ends.microsUp(embargo));
            }
        }
        required.forEach(type -> endsAfter(population.trainings(type).soonest(now)));
        holds.forEachExceptionPair(this::exception);
        return soonest == Ends.FOREVER ? Optional.empty() : Optional.of(Ends.instant(soonest));
    }

    /** An exception's end matters only where something else does not carry the pair beyond it. */
    private void exception(ResearcherId researcher, DatasetId id) {
        Integer n = population.number(researcher);
        Dataset dataset = population.snapshot().datasets().get(id);
        if (n == null || dataset == null) {
            return;
        }
        Researcher person = population.person(n);
        for (AccessException exception : holds.exceptions(researcher, id, at)) {
            Instant last = exception.until().truncatedTo(ChronoUnit.MICROS);
            Decision before = standing.pairwise().decide(person, dataset, last);
            Decision after = standing.pairwise().decide(person, dataset, last.plus(1, ChronoUnit.MICROS));
            if (!before.equals(after)) {
                endsAfter(Ends.micros(last));
            }
        }
    }

    private void endsAfter(long last) {
        if (last != Ends.FOREVER) {
            at(last + 1);
        }
    }

    private void at(long micros) {
        soonest = Math.min(soonest, micros);
    }
}

package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * Finds the next moment at which time alone changes a decision. Terms hold up to and including their last instant, so a
 * decision changes one microsecond after it; an embargo is over at its own instant. Not every end changes a decision (another
 * training may have run out already), so each is tried, the soonest first.
 */
final class NextChange {
    private static final int EVERYBODY = -1;

    private record Moment(long micros, int person) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            return Long.compare(micros, other.micros);
        }
    }

    private final Standing standing;
    private final Population population;
    private final Collection<Dataset> datasets;
    private final PriorityQueue<Moment> moments = new PriorityQueue<>();

    NextChange(Standing standing, HoldIndex holds) {
        this.standing = standing;
        this.population = standing.population();
        this.datasets = population.snapshot().datasets().values();
        long now = Ends.microsUp(standing.at());
        Set<TrainingTypeId> required = new HashSet<>();
        for (Dataset dataset : datasets) {
            required.addAll(dataset.requirement().trainings());
            if (dataset.requirement().approval()) {
                population.approvals(dataset.id()).forEachFrom(now, this::endsAfter);
            }
            Instant embargo = dataset.embargoedUntil();
            if (embargo != null && embargo.isAfter(standing.at())) {
                moments.add(new Moment(Ends.microsUp(embargo), EVERYBODY));
            }
        }
        required.forEach(type -> population.trainings(type).forEachFrom(now, this::endsAfter));
        holds.forEachExceptionPair((researcher, dataset) -> exception(holds, researcher, dataset));
    }

    private void exception(HoldIndex holds, ResearcherId researcher, DatasetId id) {
        Integer person = population.number(researcher);
        if (person != null) {
            for (AccessException exception : holds.exceptions(researcher, id, standing.at())) {
                endsAfter(person, Ends.micros(exception.until()));
            }
        }
    }

    private void endsAfter(int person, long last) {
        moments.add(new Moment(last + 1, person));
    }

    Optional<Instant> find() {
        for (Moment moment = moments.poll(); moment != null; moment = moments.poll()) {
            Instant at = Ends.instant(moment.micros());
            IntStream people = moment.person() == EVERYBODY
                    ? IntStream.range(0, population.size())
                    : IntStream.of(moment.person());
            if (people.anyMatch(person -> changesAt(population.person(person), at))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private boolean changesAt(Researcher person, Instant at) {
        return datasets.stream()
                .anyMatch(dataset -> !verdict(person, dataset, at.minus(1, ChronoUnit.MICROS))
                        .equals(verdict(person, dataset, at)));
    }

    private List<Object> verdict(Researcher person, Dataset dataset, Instant at) {
        Decision decision = standing.pairwise().decide(person, dataset, at);
        return List.of(decision.allowed(), decision.reasons());
    }
}

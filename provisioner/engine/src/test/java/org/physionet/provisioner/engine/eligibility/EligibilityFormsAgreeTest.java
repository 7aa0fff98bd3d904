package org.physionet.provisioner.engine.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Researcher;

class EligibilityFormsAgreeTest {
    private static List<Decision> onePairAtATime(RandomWorld world, Instant at) {
        Eligibility pairwise = new Eligibility(world.snapshot, world.rules, world.holds);
        List<Decision> all = new ArrayList<>();
        for (Researcher person : world.snapshot.researchers().values()) {
            for (Dataset dataset : world.snapshot.datasets().values()) {
                all.add(pairwise.decide(person, dataset, at));
            }
        }
        return all;
    }

    private static List<Decision> bySets(RandomWorld world, Instant at) {
        Standing standing = new Population(world.snapshot).at(at, world.rules, world.holds);
        List<Decision> all = new ArrayList<>();
        for (int n = 0; n < standing.population().size(); n++) {
            for (Dataset dataset : world.snapshot.datasets().values()) {
                all.add(standing.decision(n, dataset));
            }
        }
        return all;
    }

    @Test
    void bothFormsGiveTheSameDecisionsReasonsAndEndsInEveryWorld() {
        qt().withExamples(500).forAll(longs().all()).checkAssert(seed -> {
            RandomWorld world = new RandomWorld(seed);
            for (int micros = -1; micros <= 1; micros++) {
                Instant at = RandomWorld.NOW.plus(micros, ChronoUnit.MICROS);
                assertThat(bySets(world, at)).isEqualTo(onePairAtATime(world, at));
            }
        });
    }

    @Test
    void theSetsOfThoseAllowedAreTheDecisionsThatAllow() {
        qt().withExamples(300).forAll(longs().all()).checkAssert(seed -> {
            RandomWorld world = new RandomWorld(seed);
            Standing standing = new Population(world.snapshot).at(RandomWorld.NOW, world.rules, world.holds);
            for (Dataset dataset : world.snapshot.datasets().values()) {
                for (int n = 0; n < standing.population().size(); n++) {
                    assertThat(standing.allowed(dataset).contains(n))
                            .isEqualTo(standing.decision(n, dataset).allowed());
                }
            }
        });
    }

    @Test
    void nothingChangesBeforeTheNextChangeAndSomethingDoesAtIt() {
        int[] changed = {0};
        qt().withExamples(300).forAll(longs().all()).checkAssert(seed -> {
            RandomWorld world = new RandomWorld(seed);
            Instant at = RandomWorld.NOW;
            Standing standing = new Population(world.snapshot).at(at, world.rules, world.holds);
            Optional<Instant> next = standing.nextChange();
            Instant justBefore = next.map(n -> n.minus(1, ChronoUnit.MICROS)).orElse(at.plus(40_000, ChronoUnit.DAYS));
            assertThat(verdicts(onePairAtATime(world, justBefore))).isEqualTo(verdicts(onePairAtATime(world, at)));
            if (next.isPresent() && world.snapshot.freezes().isEmpty()) {
                assertThat(onePairAtATime(world, next.get())).isNotEqualTo(onePairAtATime(world, at));
                changed[0]++;
            }
        });
        assertThat(changed[0]).as("worlds with a change to come").isGreaterThan(50);
    }

    /** Without the end: of several ends one may pass while a later one carries on. */
    private static List<List<Object>> verdicts(List<Decision> decisions) {
        return decisions.stream()
                .map(d -> List.<Object>of(d.researcher(), d.dataset(), d.allowed(), d.reasons()))
                .toList();
    }
}

package org.physionet.provisioner.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.store.EdgeChange.Action;

/**
 * Bad ones among many, with a provider that takes a batch whole or not at all and names nobody: whoever is found bad was
 * refused alone.
 */
class WorklistTest {
    private static Batch people(int count) {
        return new Batch(IntStream.range(0, count)
                .mapToObj(n -> new Change(
                        Action.GRANT,
                        null,
                        new DatasetId("set", "1.0"),
                        new ResourceId("toy://place"),
                        new Principal("toy", String.format("%05d", n), "toy:" + n),
                        List.of(),
                        null,
                        List.of()))
                .toList());
    }

    private static int number(Change change) {
        return Integer.parseInt(change.principal().key());
    }

    /** How many attempts it takes to find all. */
    private static int attempts(int people, Set<Integer> bad) {
        Worklist work = new Worklist();
        work.first(people(people));
        Set<Integer> in = new TreeSet<>();
        Set<Integer> out = new TreeSet<>();
        int attempts = 0;
        for (Batch batch = work.poll(); batch != null; batch = work.poll()) {
            attempts++;
            List<Integer> numbers =
                    batch.changes().stream().map(WorklistTest::number).toList();
            if (Collections.disjoint(numbers, bad)) {
                in.addAll(numbers);
                work.accepted(batch);
            } else if (numbers.size() == 1) {
                out.addAll(numbers);
            } else {
                work.split(batch);
            }
        }
        assertThat(out).isEqualTo(bad);
        assertThat(in).hasSize(people - bad.size()).doesNotContainAnyElementsOf(bad);
        return attempts;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 63, 64, 65, 1_000})
    void oneBadOneCostsAtMostTwoLogarithmsOfExtraAttemptsWhereverItStands(int people) {
        double most = 2 * Math.log(people) / Math.log(2);
        for (int bad = 0; bad < people; bad += people > 100 ? 13 : 1) {
            assertThat(attempts(people, Set.of(bad)) - 1.0)
                    .as("extra attempts for number " + bad + " of " + people)
                    .isLessThanOrEqualTo(most);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10, 20})
    void severalBadOnesCostAtMostAsMuchEach(int bad) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, 1_000).boxed().toList());
        for (int seed = 0; seed < 30; seed++) {
            Collections.shuffle(all, new Random(seed));
            assertThat(attempts(1_000, new TreeSet<>(all.subList(0, bad))) - 1.0)
                    .as("extra attempts, seed " + seed)
                    .isLessThanOrEqualTo(2 * bad * Math.log(1_000) / Math.log(2));
        }
    }

    @Test
    void aHalfThatWasAcceptedOnlyInPartSaysNothingAboutTheOther() {
        Worklist work = new Worklist();
        Batch all = people(8);
        work.split(all);
        Batch half = work.poll();
        assertThat(half).isNotNull();

        work.accepted(new Batch(half.changes().subList(0, 2)));

        assertThat(work.poll()).isEqualTo(all.halves().getLast());
    }
}

package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PublicLint;

/** Random histories of blocks of people who come and go, so that shards fill, empty and refill. */
class StickyPlacementPropertyTest {
    private static final int BLOCK = 300;
    private static final int BLOCKS = 12;

    @Test
    void overRandomHistoriesNobodyWhoStaysIsMovedAndEverybodyStandsOnce() {
        qt().withExamples(20)
                .forAll(lists().of(integers().between(0, BLOCKS - 1)).ofSizeBetween(1, 14))
                .checkAssert(StickyPlacementPropertyTest::liveThrough);
    }

    @Test
    void addingOnePersonAfterAnyHistoryWritesOneShardAndMovesNobody() {
        qt().withExamples(20)
                .forAll(lists().of(integers().between(0, BLOCKS - 1)).ofSizeBetween(1, 14))
                .checkAssert(history -> {
                    ShardedResource resource = ShardedResource.mimic();
                    Set<Integer> present = liveThrough(history, resource);
                    SortedMap<String, SortedSet<String>> before = resource.standing();
                    present.add(BLOCK * BLOCKS + 7);

                    assertThat(resource.reconcile(ShardedResource.target(present))
                                    .writes())
                            .hasSize(1);
                    assertThat(resource.standing()).containsAllEntriesOf(before).hasSize(before.size() + 1);
                });
    }

    private static void liveThrough(List<Integer> history) {
        liveThrough(history, ShardedResource.mimic());
    }

    /** Each number toggles a block of people. */
    private static Set<Integer> liveThrough(List<Integer> history, ShardedResource resource) {
        Set<Integer> present = new TreeSet<>();
        for (int block : history) {
            List<Integer> people = new ArrayList<>();
            for (int n = block * BLOCK; n < (block + 1) * BLOCK; n++) {
                people.add(n);
            }
            if (!present.removeAll(people)) {
                present.addAll(people);
            }
            Map<String, SortedSet<String>> before = resource.standing();
            resource.reconcile(ShardedResource.target(present));
            Map<String, SortedSet<String>> after = resource.standing();

            assertThat(after.keySet())
                    .isEqualTo(new TreeSet<>(
                            present.stream().map(ShardedResource::user).toList()));
            assertThat(after.values()).allMatch(shards -> shards.size() == 1);
            before.keySet().retainAll(after.keySet());
            assertThat(after).containsAllEntriesOf(before);
            assertThat(resource.render(ShardedResource.target(present)).writes())
                    .isEmpty();
            resource.policies.values().stream().filter(p -> p != null).forEach(text -> {
                assertThat(Policy.bytes(text)).isLessThanOrEqualTo(18_432);
                assertThat(PublicLint.publicStatements(Policy.parse(text), PublicLint.Place.ACCESS_POINT))
                        .isEmpty();
            });
        }
        return present;
    }
}

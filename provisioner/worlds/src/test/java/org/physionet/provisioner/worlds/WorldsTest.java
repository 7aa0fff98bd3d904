package org.physionet.provisioner.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.worlds.bugs.Bug;
import org.physionet.provisioner.worlds.play.Shrinking;
import org.physionet.provisioner.worlds.play.Story;
import org.physionet.provisioner.worlds.play.Teller;
import org.physionet.provisioner.worlds.record.MemoryStore;

/** DESIGN, "What it must never do", in simulated worlds; {@code scripts/worlds} plays as many more as there is time for. */
class WorldsTest {
    private static Story story(long seed, Bug bug) {
        return Story.of(seed, bug, MemoryStore::new);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Teller.WITH_CHANGES_OF_LAYOUT})
    void inAFewHundredWorldsNoInvariantIsEverBroken(long first) {
        List<String> broken = LongStream.range(first, first + 150)
                .mapToObj(seed -> story(seed, Bug.NONE))
                .filter(story -> !story.clean())
                .map(story -> "seed " + story.seed() + ": "
                        + story.end().orElseThrow().getMessage())
                .toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void everyWorldHasEnoughCallsAndFaults() {
        for (long seed = 1; seed <= 20; seed++) {
            Story story = story(seed, Bug.NONE);
            assertThat(story.calls()).isGreaterThanOrEqualTo(Story.CALLS);
            assertThat(story.faults()).isGreaterThanOrEqualTo(Story.FAULTS);
        }
    }

    @Test
    void aSeedTellsTheSameStoryEveryTime() {
        Story once = story(51, Bug.LEASE_WITHOUT_FENCING);
        Story again = story(51, Bug.LEASE_WITHOUT_FENCING);
        assertThat(again.acts()).isEqualTo(once.acts());
        assertThat(again.calls()).isEqualTo(once.calls());
        assertThat(again.end().orElseThrow())
                .hasMessage(once.end().orElseThrow().getMessage());
    }

    @Test
    void aFailedStoryIsToldWithoutWhatItDoesNotNeed() {
        Story failed = story(4, Bug.BLIND_OVERWRITE);
        Story shortest = Shrinking.of(failed, MemoryStore::new);
        assertThat(shortest.end().orElseThrow().invariant())
                .isEqualTo(failed.end().orElseThrow().invariant());
        assertThat(shortest.acts()).hasSizeLessThan(failed.acts().size());
    }

    /** Each of these once broke an invariant by a bug of the engine, or seemed to by one of the judge. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                98, 802, 1382, 1985, 2000, 2387, 4053, 9602, 13941, 15049, 15707, 16921, 17301, 204966, 206163, 209284,
                212098, 219392, 234982, 41765, 1000444, 1001273, 1008311, 1022241, 1028961
            })
    void whatOnceWentWrongStaysRight(long seed) {
        assertThat(story(seed, Bug.NONE).end()).isEmpty();
    }
}

package org.physionet.provisioner.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.worlds.bugs.Bug;
import org.physionet.provisioner.worlds.play.Story;
import org.physionet.provisioner.worlds.play.Teller;
import org.physionet.provisioner.worlds.record.MemoryStore;

/** The harness can see: each mistake of the peers, planted around a port, ends some world within a few hundred seeds. */
class PlantedBugsTest {
    private static final long SEEDS = 300;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isCaughtWithinAFewHundredSeeds(Bug bug) {
        long first = bug == Bug.EARLIER_LAYOUT_FORGOTTEN ? Teller.WITH_CHANGES_OF_LAYOUT : 1;
        Optional<Story> caught = LongStream.range(first, first + SEEDS)
                .mapToObj(seed -> Story.of(seed, bug, MemoryStore::new))
                .filter(story -> !story.clean())
                .findFirst();
        assertThat(caught).as(bug.name()).isPresent();
    }
}

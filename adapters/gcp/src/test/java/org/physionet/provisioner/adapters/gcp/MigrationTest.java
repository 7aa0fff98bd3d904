package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** People move from the policy into a group, and nobody loses access at any step. */
class MigrationTest {
    private static Resource in(Resource resource, String group, String migrate) {
        Map<String, String> options =
                migrate.isEmpty() ? Map.of("group", group) : Map.of("group", group, "migrate", migrate);
        return GoogleBench.resource(resource.id().text(), "group", options);
    }

    private static Target people(int from, int to) {
        return target(IntStream.range(from, to)
                .boxed()
                .flatMap(i -> java.util.stream.Stream.of(address(i), (String) null))
                .toArray(String[]::new));
    }

    private static GoogleWorld world(boolean bucket) {
        return bucket ? new BucketWorld() : new DatasetWorld();
    }

    /** Three people are in the policy and in the group. */
    private static Resource halfway(LiveAdapter live, Resource direct) {
        live.make(direct, people(1, 4));
        Resource both = in(direct, "readers@physionet.org", "both");
        live.make(both, people(1, 4));
        return both;
    }

    private static void assertReaders(GoogleWorld world, Resource resource, int from, int to) {
        for (int i = 0; i < 6; i++) {
            assertThat(world.canRead(resource, world.person(i))).as(address(i)).isEqualTo(i >= from && i < to);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everybodyIsInAtEveryStepAndInTheGroupAloneAtTheEnd(boolean bucket) {
        try (GoogleWorld world = world(bucket);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource direct = world.newResource();
            live.make(direct, people(1, 4));
            Resource both = in(direct, "readers@physionet.org", "both");
            assertThat(live.observe(both).owned()).hasSize(3);

            for (Write write : live.writes(both, people(1, 4))) {
                assertThat(write.grants()).isEmpty();
                assertThat(write.revokes()).isEmpty();
                assertThat(write.upkeep()).isNotEmpty();
                assertThat(live.adapter.write(both, write)).isInstanceOf(Outcome.Success.class);
                assertReaders(world, direct, 1, 4);
            }
            live.make(both, people(1, 4));
            assertThat(live.writes(both, people(1, 4))).isEmpty();

            Resource finish = in(direct, "readers@physionet.org", "finish");
            List<Write> last = live.make(finish, people(1, 4));

            assertThat(last).hasSize(1);
            assertThat(last.getFirst().upkeep()).isEqualTo("takes out direct entries of the group's members: 3");
            assertReaders(world, direct, 1, 4);
            assertThat(live.observe(direct).owned()).isEmpty();
            assertThat(live.observe(in(direct, "readers@physionet.org", "")).owned())
                    .containsOnlyKeys(person(address(1)), person(address(2)), person(address(3)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsRevokedInTheMiddleIsOutOfBothPlacesAndWhoIsNewIsInTheGroup(boolean bucket) {
        try (GoogleWorld world = world(bucket);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource direct = world.newResource();
            Resource both = halfway(live, direct);

            live.make(both, people(2, 5));

            assertReaders(world, direct, 2, 5);
            assertThat(live.observe(direct).owned()).containsOnlyKeys(person(address(2)), person(address(3)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everybodyOutInTheMiddleIsOneWriteOfThePolicy(boolean bucket) {
        try (GoogleWorld world = world(bucket);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource direct = world.newResource();
            Resource both = halfway(live, direct);

            List<Write> closing = live.make(both, target());

            assertThat(closing).hasSize(1);
            assertReaders(world, direct, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheKeyDirectEntriesAreForeignAndStay(boolean bucket) {
        try (GoogleWorld world = world(bucket);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource direct = world.newResource();
            live.make(direct, people(1, 2));
            Resource group = in(direct, "readers@physionet.org", "");

            live.make(group, people(2, 3));
            Observation seen = live.observe(group);

            assertThat(seen.owned()).containsOnlyKeys(person(address(2)));
            assertThat(seen.foreign()).extracting(ForeignEntry::principal).contains(person(address(1)));
            live.make(group, target());
            assertReaders(world, direct, 1, 2);
        }
    }
}

package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
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

            world.simulator().clock().advance(Duration.ofHours(24));
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
    void leasesThatNobodyTakesOutAreToldUntilSomebodySaysThatPeopleMove(boolean bucket) {
        try (GoogleWorld world = world(bucket);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource direct = world.newResource();
            Target wanted = target(address(1), "2099-01-01T00:00:00Z", address(2), null);
            live.make(direct, wanted);
            assertThat(notes(live, in(direct, "readers@physionet.org", ""), wanted))
                    .anyMatch(note -> note.startsWith("1 lease of layout members") && note.contains("migrate: both"));
            assertThat(notes(live, in(direct, "readers@physionet.org", "both"), wanted))
                    .noneMatch(note -> note.contains("of layout members"));
        }
    }

    private static List<String> notes(LiveAdapter live, Resource resource, Target wanted) {
        return live.adapter
                .render(resource, live.observe(resource), wanted, Places.UNKNOWN)
                .notes();
    }

    /** Lists of members show somebody at once, and Google lets them in hours later (facts/gcp.md 2, row 20). */
    private static void slowGroups(GoogleWorld world, Duration groupAdd) {
        ObjectNode state = world.simulator().state();
        state.remove("clock");
        state.withObject("/gcp/switches/propagation")
                .put("groupAdd", groupAdd.toString())
                .put("policy", "PT7M");
        world.simulator().load(state);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoseMembershipIsNotYetInEffectKeepsTheDirectEntryAndNobodyLosesAccessAtAnyMoment(boolean bucket) {
        try (GoogleWorld world = world(bucket);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource direct = world.newResource();
            live.make(direct, people(1, 4));
            slowGroups(world, Duration.ofHours(23));
            Resource both = in(direct, "readers@physionet.org", "both");
            Resource finish = in(direct, "readers@physionet.org", "finish");
            live.make(both, people(1, 4));
            world.simulator().clock().advance(Duration.ofHours(20));
            String member = GroupWorld.GROUPS + "/readers@physionet.org/members";
            world.call("DELETE", member + "/" + address(3), GoogleWorld.nothing());
            live.make(both, people(1, 4));

            assertThat(live.make(finish, people(1, 4)))
                    .as("20 hours after two came in")
                    .isEmpty();
            for (int hour = 20; hour < 48; hour++) {
                assertReaders(world, direct, 1, 4);
                Rendering rendering = live.render(finish, people(1, 4));
                rendering
                        .writes()
                        .forEach(write ->
                                assertThat(live.adapter.write(finish, write)).isInstanceOf(Outcome.Success.class));
                int waiting = hour < 24 ? 3 : hour < 44 ? 1 : 0;
                assertThat(rendering.notes()).as("hour " + hour).hasSize(waiting == 0 ? 0 : 1);
                assertThat(String.join("", rendering.notes()))
                        .contains(waiting == 0 ? "" : "keeps the direct entries of " + waiting + " members");
                assertThat(live.observe(direct).owned()).hasSize(waiting);
                for (int part = 0; part < 6; part++) {
                    assertReaders(world, direct, 1, 4);
                    world.simulator().clock().advance(Duration.ofMinutes(10));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNobodySaysSinceWhenSomebodyIsAMemberDirectEntriesStay(boolean bucket) {
        try (GoogleWorld world = world(bucket);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource direct = world.newResource();
            halfway(live, direct);
            world.simulator().clock().advance(Duration.ofDays(30));
            Resource finish = in(direct, "readers@physionet.org", "finish");
            world.trouble("cloudidentity.groups.lookup", Trouble.answer(403, "forbidden"));

            Rendering unknown = live.render(finish, people(1, 4));

            assertThat(unknown.writes()).isEmpty();
            assertThat(unknown.notes())
                    .singleElement()
                    .asString()
                    .contains(
                            "keeps the direct entries of 3 members", "since when 3 are members is not known", "gcloud");
            assertThat(live.make(finish, people(1, 4))).as("once it is known").hasSize(1);
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

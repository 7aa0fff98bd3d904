package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.ContractWorld.SeenCalls;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** Many people on one resource, and many writers. */
class CrowdTest {
    private static final int WRITERS = 8;
    private static final int GRANTS = 15;

    private static GoogleWorld world(String kind, int people) {
        GoogleWorld world = kind.equals("bucket") ? new BucketWorld() : new DatasetWorld();
        world.settle(people);
        return world;
    }

    private static Target people(int count) {
        return target(IntStream.range(0, count)
                .boxed()
                .flatMap(i -> Stream.of(address(i), (String) null))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void eightRivalWritersOfFifteenGrantsEachLoseNone(String kind) throws Exception {
        try (GoogleWorld world = world(kind, WRITERS * GRANTS);
                ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            Resource resource = world.newResource();
            List<Callable<Integer>> writers = IntStream.range(0, WRITERS)
                    .<Callable<Integer>>mapToObj(writer -> () -> write(world, resource, writer))
                    .toList();

            int conflicts = 0;
            for (Future<Integer> each : threads.invokeAll(writers)) {
                conflicts += each.get();
            }

            try (LiveAdapter live = new LiveAdapter(world)) {
                assertThat(live.observe(resource).owned())
                        .containsOnlyKeys(IntStream.range(0, WRITERS * GRANTS)
                                .mapToObj(i -> person(address(i)))
                                .toArray(Principal[]::new));
            }
            assertThat(conflicts).as("rivals were in each other's way").isPositive();
        }
    }

    /** One person at a time, onto whoever is there; counts how often somebody else was faster. */
    private static int write(GoogleWorld world, Resource resource, int writer) {
        int conflicts = 0;
        try (LiveAdapter live = new LiveAdapter(world)) {
            for (int i = 0; i < GRANTS; i++) {
                Principal mine = person(address(writer * GRANTS + i));
                Outcome outcome;
                do {
                    Observation seen = live.observe(resource);
                    SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
                    seen.owned().keySet().forEach(each -> edges.put(each, new Target.Edge(each, null, null)));
                    edges.put(mine, new Target.Edge(mine, null, null));
                    Write write = live.adapter
                            .render(resource, seen, new Target(edges), Places.UNKNOWN)
                            .writes()
                            .getFirst();
                    outcome = live.adapter.write(resource, write);
                    conflicts += outcome instanceof Outcome.Conflict ? 1 : 0;
                } while (outcome instanceof Outcome.Conflict);
                assertThat(outcome).isInstanceOf(Outcome.Success.class);
            }
        }
        return conflicts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void fourteenHundredPeopleTakeThreeCallsAndAreWarnedOf(String kind) {
        try (GoogleWorld world = world(kind, 1_400);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource resource = world.newResource();
            world.forgetCalls();

            List<Write> writes = live.writes(resource, people(1_400));
            assertThat(live.adapter.write(resource, writes.getFirst())).isEqualTo(new Outcome.Applied());
            Observation after = live.observe(resource);

            assertThat(writes).hasSize(1);
            assertThat(world.calls().stream().mapToLong(SeenCalls::count).sum()).isEqualTo(3);
            assertThat(after.owned()).hasSize(1_400);
            assertThat(world.canRead(resource, world.person(1_399))).isTrue();
            Room room = live.adapter.room(resource, after).orElseThrow();
            assertThat(room.narrow()).isTrue();
            assertThat(room.used()).isGreaterThanOrEqualTo(1_400);
            assertThat(room.advice()).contains("layout: group");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void row10_whoDoesNotFitIsRefusedBeforeTheProviderDoesAndTheOthersGetIn(String kind) {
        try (GoogleWorld world = world(kind, 1_550);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource resource = world.newResource();
            int others = Math.toIntExact(live.adapter
                    .room(resource, live.observe(resource))
                    .orElseThrow()
                    .used());

            Rendering rendering = live.render(resource, people(1_550));
            List<Outcome> outcomes = new ArrayList<>();
            rendering.writes().forEach(write -> outcomes.add(live.adapter.write(resource, write)));

            assertThat(outcomes).containsExactly(new Outcome.Applied());
            assertThat(rendering.unfit())
                    .hasSize(50 + others)
                    .allSatisfy(unfit -> assertThat(unfit.why()).contains("layout: group"));
            assertThat(live.observe(resource).owned()).hasSize(1_500 - others);
        }
    }
}

package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** Eight others edit the policy that we write, without any token (facts/aws.md A2.2): what we decided stands, what a read shows is told. */
class RivalWritersTest {
    private static final int RIVALS = 8;
    private static final int ROUNDS = 6;
    private static final int FIRST_RIVAL = 40;

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy"})
    void nothingOfOursIsLostAndEveryEditThatAReadShowsIsReported(String layout) throws Exception {
        try (ContractWorld world = layout.equals("access-points") ? new SimulatedAws() : new SimulatedBucketPolicy();
                Adapter adapter = world.provider()
                        .connect(
                                world.settings(),
                                new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Resource resource = world.newResource();
            reconcile(adapter, resource, target(1));
            SortedSet<Principal> reported = new ConcurrentSkipListSet<>();
            List<Callable<Void>> jobs = new ArrayList<>();
            for (int rival = 0; rival < RIVALS; rival++) {
                int number = FIRST_RIVAL + rival;
                jobs.add(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        world.rivalAddsPerson(resource, world.person(number));
                    }
                    return null;
                });
            }
            jobs.add(() -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    reported.addAll(reconcile(
                            adapter,
                            resource,
                            target(IntStream.rangeClosed(1, round).toArray())));
                }
                return null;
            });
            for (Future<Void> done : threads.invokeAll(jobs)) {
                done.get();
            }

            // once the others stop, a read shows what they left, all of it, and one run makes it right
            SortedSet<Principal> canRead = new TreeSet<>();
            IntStream.range(0, 60)
                    .filter(n -> world.canRead(resource, world.person(n)))
                    .forEach(n -> canRead.add(AwsIdentityKind.of(SimulatedAws.id(n))));
            assertThat(observe(adapter, resource).owned().keySet()).isEqualTo(canRead);
            reported.addAll(reconcile(adapter, resource, target(1, 2, 3, 4, 5, 6)));

            assertThat(observe(adapter, resource).owned().keySet())
                    .isEqualTo(target(1, 2, 3, 4, 5, 6).edges().keySet());
            for (int n = 1; n <= ROUNDS; n++) {
                assertThat(world.canRead(resource, world.person(n))).isTrue();
            }
            for (int n = FIRST_RIVAL; n < FIRST_RIVAL + RIVALS; n++) {
                assertThat(world.canRead(resource, world.person(n))).isFalse();
            }
            SortedSet<Principal> leftByRivals = new TreeSet<>(canRead);
            leftByRivals.removeAll(target(1, 2, 3, 4, 5, 6).edges().keySet());
            assertThat(reported).containsAll(leftByRivals);
        }
    }

    /** Reads, writes what differs, and answers who stood there without our doing. */
    private static SortedSet<Principal> reconcile(Adapter adapter, Resource resource, Target target) {
        Observation seen = observe(adapter, resource);
        SortedSet<Principal> strangers = new TreeSet<>(seen.owned().keySet());
        strangers.removeAll(target.edges().keySet());
        for (Write write :
                adapter.render(resource, seen, target, Places.UNKNOWN).writes()) {
            assertThat(adapter.write(resource, write)).isInstanceOfAny(Outcome.Success.class, Outcome.Conflict.class);
        }
        return strangers;
    }

    private static Target target(int... people) {
        TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
        for (int n : people) {
            Principal principal = AwsIdentityKind.of(SimulatedAws.id(n));
            edges.put(principal, new Target.Edge(principal, null, null));
        }
        return new Target(edges);
    }

    private static Observation observe(Adapter adapter, Resource resource) {
        return switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
    }
}

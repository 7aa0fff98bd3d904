package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;

/** What large datasets cost, in calls as the provider counts them. */
class ColdStartCountTest {
    private static final int PEOPLE = 10_000;
    private static final int SHARDS = 14;
    private static final int CALLS_PER_SHARD = 4;

    @Test
    void tenThousandPeopleNeedFourteenShardsAndFourCallsEachAndHundredChangesFourPerShardTouched() {
        try (SimulatedAws aws = new SimulatedAws();
                Adapter adapter = aws.provider()
                        .connect(
                                aws.settings(),
                                new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE))) {
            Resource resource = aws.newResource();
            Observation nothing = observe(adapter, resource, Places.UNKNOWN);
            aws.forgetCalls();

            Places places = reconcile(adapter, resource, nothing, people(0, PEOPLE), Places.UNKNOWN);
            Observation seen = observe(adapter, resource, places);

            assertThat(seen.documents()).hasSize(SHARDS);
            assertThat(seen.owned()).hasSize(PEOPLE);
            assertThat(calls(aws)).isLessThanOrEqualTo(SHARDS * CALLS_PER_SHARD);

            aws.forgetCalls();
            // 50 of one shard go, 50 others come: into those holes
            Target changed = people(50, PEOPLE + 50);
            Rendering rendering = adapter.render(resource, seen, changed, places);
            SortedSet<String> touched = new TreeSet<>();
            rendering.writes().forEach(w -> touched.add(w.document()));
            reconcile(adapter, resource, seen, changed, places);
            List<String> again = List.copyOf(touched);
            Places only = new Places(touched, new TreeMap<>());
            assertThat(observe(adapter, resource, only).documents()).containsExactlyElementsOf(again);

            assertThat(touched).hasSizeLessThanOrEqualTo(2);
            assertThat(calls(aws)).isLessThanOrEqualTo((long) touched.size() * CALLS_PER_SHARD);
        }
    }

    private static long calls(SimulatedAws aws) {
        return aws.calls().stream().mapToLong(ContractWorld.SeenCalls::count).sum();
    }

    private static Target people(int from, int to) {
        TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
        IntStream.range(from, to).forEach(n -> {
            Principal principal = AwsIdentityKind.of("AIDA%017d".formatted(n));
            edges.put(principal, new Target.Edge(principal, new ResearcherId(String.valueOf(n)), null));
        });
        return new Target(edges);
    }

    private static Places reconcile(
            Adapter adapter, Resource resource, Observation seen, Target target, Places places) {
        Rendering rendering = adapter.render(resource, seen, target, places);
        Places recorded =
                new Places(seen.documents(), places.with(rendering.places()).byHolder());
        rendering.writes().forEach(w -> assertThat(adapter.write(resource, w)).isInstanceOf(Outcome.Success.class));
        return recorded;
    }

    private static Observation observe(Adapter adapter, Resource resource, Places places) {
        return switch (adapter.observe(resource, places)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
    }
}

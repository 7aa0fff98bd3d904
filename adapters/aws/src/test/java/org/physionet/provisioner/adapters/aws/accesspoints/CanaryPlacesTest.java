package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;

/** A canary stands in every shard in which people stand, also in full ones and in new ones, and takes nobody's place. */
class CanaryPlacesTest {
    private static final String ONE = "AIDACANARYEXAMPLE0001";
    private static final String TWO = "AIDACANARYEXAMPLE0002";
    private static final int FULL = 755;

    private final ShardedResource resource = new ShardedResource(
            "physionet-controlled/mimiciv/3.1/", Form.KEEP, Set.of(AwsIdentityKind.of(ONE), AwsIdentityKind.of(TWO)));

    private static Target with(int people, String... canaries) {
        Map<String, Integer> all = new HashMap<>();
        IntStream.range(0, people).forEach(n -> all.put(ShardedResource.user(n), n));
        List.of(canaries).forEach(id -> all.put(id, -1));
        return ShardedResource.targetOf(all);
    }

    private Set<String> of(String id) {
        return resource.standing().getOrDefault(id, new TreeSet<>());
    }

    @Test
    void aCanaryThatIsLetInStandsInEveryShardAlsoInOneThatIsFull() {
        resource.reconcile(with(2 * FULL + 10));
        int shards = resource.policies.size();
        Rendering rendering = resource.reconcile(with(2 * FULL + 10, ONE));
        assertThat(rendering.writes())
                .hasSize(shards)
                .allSatisfy(write -> assertThat(write.grants()).containsExactly(AwsIdentityKind.of(ONE)));
        assertThat(of(ONE)).isEqualTo(resource.policies.keySet()).hasSize(shards);
        assertThat(resource.policies.values())
                .allSatisfy(
                        text -> assertThat(Policy.bytes(String.valueOf(text))).isLessThan(PolicyGuard.LIMIT));
        assertThat(resource.render(with(2 * FULL + 10, ONE)).writes()).isEmpty();
    }

    @Test
    void changingOverIsOneWriteForEachShardAndMovesNobodyElse() {
        resource.reconcile(with(2 * FULL + 10, ONE));
        Map<String, SortedSet<String>> before = new HashMap<>(resource.standing());
        Rendering rendering = resource.reconcile(with(2 * FULL + 10, TWO));
        assertThat(rendering.writes()).hasSize(resource.policies.size()).allSatisfy(write -> {
            assertThat(write.grants()).containsExactly(AwsIdentityKind.of(TWO));
            assertThat(write.revokes()).containsExactly(AwsIdentityKind.of(ONE));
        });
        assertThat(of(ONE)).isEmpty();
        assertThat(of(TWO)).isEqualTo(resource.policies.keySet());
        before.remove(ONE);
        assertThat(resource.standing()).containsAllEntriesOf(before);
    }

    @Test
    void aShardThatIsOpenedLaterAndOneFromWhichItWasTakenGetItAsUpkeep() {
        resource.reconcile(with(FULL - 5, ONE));
        resource.reconcile(with(FULL + 20, ONE));
        assertThat(resource.policies).hasSize(2);
        assertThat(of(ONE)).isEqualTo(resource.policies.keySet());

        String second = resource.shard(2);
        resource.policies.put(second, resource.policy(second).replace(",\"" + ONE + "\"", ""));
        List<Principal> moved = new ArrayList<>();
        Rendering rendering = resource.reconcile(with(FULL + 20, ONE));
        rendering.writes().forEach(write -> {
            moved.addAll(write.grants());
            moved.addAll(write.revokes());
            assertThat(write.upkeep()).contains("canary");
        });
        assertThat(moved).isEmpty();
        assertThat(rendering.writes()).hasSize(1);
        assertThat(of(ONE)).isEqualTo(resource.policies.keySet());
    }

    @Test
    void theCanaryLeavesAShardInWhichNobodyStandsAnyMoreAlsoByCompaction() {
        resource.reconcile(with(FULL + 20, ONE));
        Target fewer = ShardedResource.targetOf(
                Map.of(ShardedResource.user(1), 1, ShardedResource.user(FULL + 19), FULL + 19, ONE, -1));
        resource.reconcile(fewer);
        assertThat(of(ONE)).isEqualTo(resource.policies.keySet()).hasSize(2);
        resource.places = Places.UNKNOWN;
        for (int step = 0; step < 2; step++) {
            resource.layout
                    .compact(resource.read(), resource.owned(), fewer, resource.places)
                    .writes()
                    .forEach(resource::apply);
        }
        assertThat(resource.render(fewer).writes()).isEmpty();
        assertThat(of(ONE)).hasSize(1).isEqualTo(of(ShardedResource.user(1)));

        resource.reconcile(with(0, ONE));
        assertThat(of(ONE)).hasSize(1);
        resource.reconcile(with(0));
        assertThat(of(ONE)).isEmpty();
    }
}

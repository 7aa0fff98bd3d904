package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.researcher;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.target;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.user;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;

/** On command alone people move, to as few access points as will hold them, and nobody is out in between. */
class CompactionTest {
    private final ShardedResource resource = ShardedResource.mimic();

    /** Three shards of which two are nearly empty: 743 in the first; then most of the second and third leave. */
    private Target thinned() {
        resource.reconcile(target(IntStream.range(0, 2000).boxed().toList()));
        assertThat(resource.policies).hasSize(3);
        SortedMap<String, SortedSet<String>> standing = resource.standing();
        List<Integer> staying = IntStream.range(0, 2000)
                .filter(n -> n % 10 == 0 || (n % 2 == 0 && standing.get(user(n)).contains(resource.shard(2))))
                .boxed()
                .toList();
        resource.reconcile(target(staying));
        // those who left are gone for so long that their places are kept no more
        resource.places = new Places(new TreeSet<>(resource.policies.keySet()), new java.util.TreeMap<>());
        return target(staying);
    }

    @Test
    void withoutTheCommandNobodyMoves() {
        Target target = thinned();
        assertThat(resource.render(target).writes()).isEmpty();
    }

    @Test
    void fewestShardsRemainAndEverybodyHasAccessAfterEveryWrite() {
        Target target = thinned();
        TreeSet<String> everybody = new TreeSet<>(resource.standing().keySet());
        SortedMap<String, SortedSet<String>> before = resource.standing();

        int steps = 0;
        for (Rendering step = compact(target); !step.writes().isEmpty(); step = compact(target)) {
            assertThat(++steps).isLessThan(5);
            resource.places = resource.places.with(step.places());
            step.writes().forEach(write -> {
                assertThat(write.grants()).isEmpty();
                assertThat(write.revokes()).isEmpty();
                assertThat(write.upkeep()).contains("moves");
                resource.apply(write);
                assertThat(resource.standing().keySet()).isEqualTo(everybody);
            });
        }

        assertThat(steps).isEqualTo(2);
        assertThat(resource.policies.values().stream().filter(p -> p != null)).hasSize(1);
        assertThat(resource.standing().values()).allMatch(shards -> shards.size() == 1);
        // the fullest shard was kept, so its people did not move
        before.forEach((id, shards) -> {
            if (shards.contains(resource.shard(2))) {
                assertThat(resource.standing().get(id)).isEqualTo(shards);
            }
        });
        assertThat(resource.places.byHolder().get(researcher(0))).isEqualTo(resource.shard(2));
        assertThat(resource.render(target).writes()).isEmpty();
    }

    @Test
    void withoutRoomElsewhereNothingIsMoved() {
        Target full = target(IntStream.range(0, 1480).boxed().toList());
        resource.reconcile(full);
        assertThat(compact(full).writes()).isEmpty();
    }

    @Test
    void placeOfSomebodyAwayIsNotFilledByMoving() {
        resource.reconcile(target(IntStream.range(0, 743 + 5).boxed().toList()));
        Target target = target(IntStream.range(3, 743 + 5).boxed().toList());
        resource.reconcile(target);

        assertThat(resource.places.byHolder()).containsKey(researcher(0));
        assertThat(compact(target).writes()).isEmpty();
        resource.places = new Places(resource.places.documents(), new java.util.TreeMap<>());
        assertThat(compact(target).writes()).isEmpty();
        Target smaller = target(IntStream.range(6, 743 + 5).boxed().toList());
        resource.reconcile(smaller);
        resource.places = new Places(resource.places.documents(), new java.util.TreeMap<>());
        assertThat(compact(smaller).writes()).isNotEmpty();
    }

    private Rendering compact(Target target) {
        return resource.layout.compact(resource.read(), resource.owned(), target, resource.places);
    }
}

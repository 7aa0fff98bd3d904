package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.nothing;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** Access that ends by itself, on buckets and datasets, as the provider evaluates it. */
class LeaseTest {
    private final BucketWorld buckets = new BucketWorld();
    private final DatasetWorld datasets = new DatasetWorld();

    LeaseTest() {
        buckets.simulator().clock().set(Instant.parse("2027-03-10T12:00:00Z"));
        datasets.simulator().clock().set(Instant.parse("2027-03-10T12:00:00Z"));
    }

    @AfterEach
    void close() {
        buckets.close();
        datasets.close();
    }

    private GoogleWorld world(String kind) {
        return kind.equals("bucket") ? buckets : datasets;
    }

    private static @Nullable Instant end(LiveAdapter live, Resource resource, int person) {
        return Objects.requireNonNull(live.observe(resource).owned().get(person(address(person))))
                .leaseUntil();
    }

    private static boolean canRead(GoogleWorld world, Resource resource, int person) {
        return world.canRead(resource, world.person(person));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void accessEndsByItselfAtTheEndOfTheMonthInWhichTheEntitlementEnds(String kind) {
        GoogleWorld world = world(kind);
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world)) {
            Target target = target(address(1), "2027-05-20T00:00:00Z", address(2), null);

            List<Write> writes = live.make(resource, target);

            assertThat(writes).hasSize(1);
            assertThat(end(live, resource, 1)).isEqualTo("2027-06-01T00:00:00Z");
            assertThat(end(live, resource, 2)).isNull();
            assertThat(live.observe(resource).marked()).isTrue();
            world.simulator().clock().set(Instant.parse("2027-05-31T23:59:59Z"));
            assertThat(canRead(world, resource, 1)).isTrue();
            world.simulator().clock().set(Instant.parse("2027-06-01T00:00:00Z"));
            assertThat(canRead(world, resource, 1)).isFalse();
            assertThat(canRead(world, resource, 2)).isTrue();
            assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void whatHasRunOutIsTakenOutAsUpkeepAndWhoMayAgainIsGrantedAgain(String kind) {
        GoogleWorld world = world(kind);
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world)) {
            live.make(resource, target(address(1), "2027-03-20T00:00:00Z", address(2), "2027-03-20T00:00:00Z"));
            world.simulator().clock().set(Instant.parse("2027-04-02T00:00:00Z"));

            List<Write> again = live.make(resource, target(address(1), "2027-04-20T00:00:00Z"));

            assertThat(again).hasSize(1);
            assertThat(again.getFirst().grants()).containsExactly(person(address(1)));
            assertThat(again.getFirst().revokes()).isEmpty();
            assertThat(again.getFirst().upkeep()).isEqualTo("takes out expired leases: 2");
            assertThat(end(live, resource, 1)).isEqualTo("2027-05-01T00:00:00Z");
            assertThat(canRead(world, resource, 1)).isTrue();
            assertThat(canRead(world, resource, 2)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void laterAndSoonerEndsAndEntriesWithoutOneAreRewrittenInOneWriteThatMovesNobody(String kind) {
        GoogleWorld world = world(kind);
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world)) {
            live.make(
                    resource,
                    target(address(1), "2027-03-20T00:00:00Z", address(2), "2027-09-20T00:00:00Z", address(3), null));

            List<Write> upkeep = live.make(
                    resource,
                    target(
                            address(1), "2027-08-20T00:00:00Z",
                            address(2), "2027-04-20T00:00:00Z",
                            address(3), "2027-04-20T00:00:00Z"));

            assertThat(upkeep).hasSize(1);
            assertThat(upkeep.getFirst().grants()).isEmpty();
            assertThat(upkeep.getFirst().revokes()).isEmpty();
            assertThat(upkeep.getFirst().upkeep()).isEqualTo("gives an end to entries: 1; renews leases: 2");
            assertThat(end(live, resource, 1)).isEqualTo("2027-09-01T00:00:00Z");
            assertThat(end(live, resource, 2)).isEqualTo("2027-05-01T00:00:00Z");
            assertThat(end(live, resource, 3)).isEqualTo("2027-05-01T00:00:00Z");
            assertThat(canRead(world, resource, 3)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void aLeaseWhoseEndIsNotKnownAnyMoreIsRenewedAndNeverBecomesPermanent(String kind) {
        GoogleWorld world = world(kind);
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world)) {
            live.make(resource, target(address(1), "2027-03-20T00:00:00Z"));
            world.simulator().clock().set(Instant.parse("2027-03-31T00:00:00Z"));

            live.make(resource, target(address(1), null));

            assertThat(end(live, resource, 1)).isEqualTo("2027-06-01T00:00:00Z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void otherPeoplesConditionsAreForeignAndKept(String kind) {
        GoogleWorld world = world(kind);
        Resource resource = world.newResource();
        world.rivalAddsForeign(resource);
        try (LiveAdapter live = new LiveAdapter(world)) {
            live.make(resource, target(address(1), "2027-05-20T00:00:00Z"));
            live.make(resource, target());

            assertThat(world.hasForeign(resource)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void aSiteCanHaveEverybodysAccessEndUnlessARunRenewsIt(String kind) {
        GoogleWorld world = world(kind);
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world, "leases", "all", "leaseDays", "40")) {
            Target target = target(address(1), null, address(2), "2030-01-01T00:00:00Z");
            live.make(resource, target);
            assertThat(end(live, resource, 1)).isEqualTo("2027-05-01T00:00:00Z");
            assertThat(end(live, resource, 2)).isEqualTo("2027-05-01T00:00:00Z");
            world.simulator().clock().set(Instant.parse("2027-04-05T00:00:00Z"));
            assertThat(live.writes(resource, target)).isEmpty();

            world.simulator().clock().set(Instant.parse("2027-04-15T00:00:00Z"));
            List<Write> renewal = live.make(resource, target);

            assertThat(renewal).hasSize(1);
            assertThat(renewal.getFirst().upkeep()).isEqualTo("renews leases: 2");
            assertThat(end(live, resource, 1)).isEqualTo("2027-06-01T00:00:00Z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void withoutLeasesEveryEntryOfOursBecomesPermanent(String kind) {
        GoogleWorld world = world(kind);
        Resource resource = world.newResource();
        Target target = target(address(1), "2027-05-20T00:00:00Z");
        try (LiveAdapter leasing = new LiveAdapter(world);
                LiveAdapter without = new LiveAdapter(world, "leases", "none")) {
            leasing.make(resource, target);

            List<Write> upkeep = without.make(resource, target);

            assertThat(upkeep).hasSize(1);
            assertThat(upkeep.getFirst().upkeep()).isEqualTo("makes leases permanent: 1");
            assertThat(end(without, resource, 1)).isNull();
        }
    }

    @Test
    void aConditionOfOursThatSomebodyWidenedCountsAsWithoutAnEndAndIsSetRight() {
        Resource resource = buckets.newResource();
        try (LiveAdapter live = new LiveAdapter(buckets)) {
            Target target = target(address(1), "2027-05-20T00:00:00Z");
            live.make(resource, target);
            String iam = "/storage/v1/b/" + resource.id().location() + "/iam";
            ObjectNode policy = buckets.call("GET", iam + "?optionsRequestedPolicyVersion=3", nothing())
                    .put("version", 3);
            for (JsonNode binding : policy.path("bindings")) {
                if (binding.get("condition") instanceof ObjectNode condition) {
                    condition.put("expression", "true");
                }
            }
            buckets.call("PUT", iam, policy);
            assertThat(end(live, resource, 1)).isNull();

            List<Write> upkeep = live.make(resource, target);

            assertThat(upkeep).hasSize(1);
            assertThat(end(live, resource, 1)).isEqualTo("2027-06-01T00:00:00Z");
        }
    }

    @Test
    void aPlainEntryBesideALeaseCountsAndBothBecomeOneLease() {
        Resource resource = buckets.newResource();
        try (LiveAdapter live = new LiveAdapter(buckets)) {
            Target target = target(address(1), "2027-05-20T00:00:00Z");
            live.make(resource, target);
            buckets.rivalAddsPerson(resource, buckets.person(1));
            assertThat(end(live, resource, 1)).isNull();

            live.make(resource, target);

            assertThat(end(live, resource, 1)).isEqualTo("2027-06-01T00:00:00Z");
            assertThat(buckets.call(
                                    "GET",
                                    "/storage/v1/b/" + resource.id().location()
                                            + "/iam?optionsRequestedPolicyVersion=3",
                                    nothing())
                            .findValues("members")
                            .toString())
                    .containsOnlyOnce(address(1));
        }
    }

    @Test
    void aBucketWithoutUniformAccessGetsPlainEntriesOnceItHasRefusedALease() {
        Resource resource = GoogleBench.resource("gs://" + buckets.newBucket(false));
        try (LiveAdapter live = new LiveAdapter(buckets)) {
            Target target = target(address(1), "2027-05-20T00:00:00Z");

            Outcome refused =
                    live.adapter.write(resource, live.writes(resource, target).getFirst());
            live.make(resource, target);

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            Outcome.Conflict.class,
                            conflict -> assertThat(conflict.reason()).contains("uniform"));
            assertThat(end(live, resource, 1)).isNull();
            assertThat(canRead(buckets, resource, 1)).isTrue();
        }
    }
}

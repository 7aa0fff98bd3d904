package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.object;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** Rows of facts/gcp.md 2 that need a cloud that remembers, on the simulator, through the real clients. */
class SimulatedFailuresTest {
    private static GoogleWorld world(String kind) {
        return kind.equals("bucket") ? new BucketWorld() : new DatasetWorld();
    }

    private static void account(GoogleWorld world, int person, String status) {
        world.call(
                "POST",
                "/_simulator/gcp/accounts",
                object().put("email", address(person)).put("status", status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void row4_aWriteWhoseAnswerWasLostConflictsWithItselfAndIsFoundDoneByReading(String kind) {
        try (GoogleWorld world = world(kind);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource resource = world.newResource();
            Write write = live.writes(resource, target(address(1), null)).getFirst();
            world.trouble(world.writeMethod(), Trouble.answerThoughDone(503));

            assertThat(live.adapter.write(resource, write)).isInstanceOf(Outcome.Unknown.class);
            assertThat(live.adapter.write(resource, write)).isInstanceOf(Outcome.Conflict.class);

            assertThat(live.writes(resource, target(address(1), null))).isEmpty();
            assertThat(world.canRead(resource, world.person(1))).isTrue();
        }
    }

    @Test
    void row7_anAccountThatIsBeingDeletedBlocksThePolicyOnlyUntilItIsReadAsDeleted() {
        try (GoogleWorld world = new BucketWorld();
                LiveAdapter live = new LiveAdapter(world)) {
            ObjectNode state = world.simulator().state();
            state.withObject("/gcp/switches/propagation").put("deletion", "PT1M");
            world.simulator().load(state);
            Resource resource = world.newResource();
            world.addToBucket(resource.id().location(), "roles/storage.objectCreator", "user:" + address(9));
            account(world, 9, "deleted");

            Outcome tooSoon = live.adapter.write(
                    resource, live.writes(resource, target(address(1), null)).getFirst());
            world.simulator().clock().advance(Duration.ofMinutes(2));
            live.make(resource, target(address(1), null));

            assertThat(tooSoon).isInstanceOf(Outcome.Conflict.class);
            assertThat(world.canRead(resource, world.person(1))).isTrue();
            assertThat(live.observe(resource).foreign())
                    .anySatisfy(entry -> assertThat(entry.text()).startsWith("deleted:user:"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void row8_aDeletedReaderIsDeadAndTakenOutAndOneWhoIsRecoveredIsBack(String kind) {
        try (GoogleWorld world = world(kind);
                LiveAdapter live = new LiveAdapter(world)) {
            Resource resource = world.newResource();
            live.make(resource, target(address(1), "2037-05-20T00:00:00Z", address(2), null));
            account(world, 1, "deleted");
            assertThat(live.observe(resource).owned().values())
                    .extracting(LiveEdge::dead)
                    .containsExactlyInAnyOrder(true, false);
            account(world, 1, "active");
            assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(1)), person(address(2)));

            account(world, 1, "deleted");
            live.make(resource, target(address(2), null));

            assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(2)));
        }
    }

    @Test
    void row8_aDatasetThatTakesNoDeletedAccountBackLosesOthersDeadEntriesOnceItHasSaidSo() {
        try (DatasetWorld world = new DatasetWorld();
                LiveAdapter live = new LiveAdapter(world)) {
            Resource resource = world.newResource();
            ArrayNode entries = world.datasetEntries(resource.id().location());
            entries.addObject().put("role", "WRITER").put("userByEmail", address(9));
            world.putDatasetEntries(resource.id().location(), entries);
            account(world, 9, "deleted");
            ObjectNode state = world.simulator().state();
            state.withObject("/gcp/switches").put("bigQueryRefusesDeletedMembers", true);
            world.simulator().load(state);

            Outcome refused = live.adapter.write(
                    resource, live.writes(resource, target(address(1), null)).getFirst());
            live.make(resource, target(address(1), null));

            assertThat(refused).isInstanceOf(Outcome.Conflict.class);
            assertThat(world.canRead(resource, world.person(1))).isTrue();
        }
    }

    @Test
    void row22_aSuspendedAccountIsGrantedAndCanNotReadUntilItIsActiveAgain() {
        try (GoogleWorld world = new BucketWorld();
                LiveAdapter live = new LiveAdapter(world)) {
            Resource resource = world.newResource();
            account(world, 1, "suspended");

            live.make(resource, target(address(1), null));

            assertThat(world.canRead(resource, world.person(1))).isFalse();
            account(world, 1, "active");
            assertThat(world.canRead(resource, world.person(1))).isTrue();
        }
    }

    @Test
    void row22_aRenamedAccountIsSomebodyElseToTheRecordAndFollowedByThePolicy() {
        try (GoogleWorld world = new BucketWorld();
                LiveAdapter live = new LiveAdapter(world)) {
            Resource resource = world.newResource();
            live.make(resource, target(address(1), null));
            world.call(
                    "POST",
                    "/_simulator/gcp/accounts",
                    object().put("email", address(1)).put("rename", "renamed@example.org"));

            assertThat(live.observe(resource).owned()).containsOnlyKeys(person("renamed@example.org"));
        }
    }
}

package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.Canary.Reading;
import org.physionet.provisioner.engine.model.Resource;

/** The canary sees what a researcher sees, also while a change is under way. */
class CanaryTest {
    private static GoogleWorld world(String kind) {
        return kind.equals("bucket") ? new BucketWorld() : new DatasetWorld();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void itsFirstReadProvesAGrantAndItsRefusedReadARevocation(String kind) {
        try (GoogleWorld world = world(kind);
                LiveAdapter live = new LiveAdapter(world, "canary", address(7))) {
            ObjectNode state = world.simulator().state();
            state.withObject("/gcp/switches/propagation").put("policy", "PT2M");
            world.simulator().load(state);
            Resource resource = world.newResource();
            Canary canary = live.adapter.canaries().getFirst();
            assertThat(canary.principal()).isEqualTo(person(address(7)));
            assertThat(canary.read(resource, null)).isEqualTo(new Reading.Refused());

            live.make(resource, target(address(7), null));
            assertThat(canary.read(resource, null)).isEqualTo(new Reading.Refused());
            world.simulator().clock().advance(Duration.ofMinutes(3));
            assertThat(canary.read(resource, null)).isEqualTo(new Reading.Allowed());

            live.make(resource, target());
            assertThat(canary.read(resource, null)).isEqualTo(new Reading.Allowed());
            world.simulator().clock().advance(Duration.ofMinutes(3));
            assertThat(canary.read(resource, null)).isEqualTo(new Reading.Refused());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "dataset"})
    void anErrorOrAMissingResourceProvesNothing(String kind) {
        try (GoogleWorld world = world(kind);
                LiveAdapter live = new LiveAdapter(world, "canary", address(7))) {
            Resource resource = world.newResource();
            String method = kind.equals("bucket") ? "storage.objects.list" : "bigquery.tables.list";
            Canary canary = live.adapter.canaries().getFirst();

            world.trouble(method, Trouble.answer(503));
            assertThat(canary.read(resource, null)).isInstanceOf(Reading.Unclear.class);
            world.trouble(method, Trouble.answer(403, "rateLimitExceeded"));
            assertThat(canary.read(resource, null)).isInstanceOf(Reading.Unclear.class);
            world.trouble(method, Trouble.reset());
            assertThat(canary.read(resource, null)).isInstanceOf(Reading.Unclear.class);
        }
    }

    @Test
    void withoutTheSettingThereIsNone() {
        try (GoogleWorld world = new BucketWorld();
                LiveAdapter live = new LiveAdapter(world)) {
            assertThat(live.adapter.canaries()).isEmpty();
        }
    }
}

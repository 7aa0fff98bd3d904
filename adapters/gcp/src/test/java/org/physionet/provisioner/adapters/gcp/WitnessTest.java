package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.simulator.witness.GoogleTool;

/** What this program writes, Google's own tools read, and what they write, it sees: neither is asked what it thinks it did. */
class WitnessTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void gcloudAndTheAdapterAgreeOnABucket() {
        try (BucketWorld world = new BucketWorld();
                LiveAdapter live = new LiveAdapter(world)) {
            GoogleTool gcloud = GoogleTool.gcloud(world.address().toString(), GoogleWorld.PROJECT, folder);
            Resource resource = world.newResource();
            String bucket = resource.id().text();
            live.make(resource, target(address(1), null, address(2), "2099-01-31T00:00:00Z"));

            assertThat(gcloud.json("storage", "buckets", "get-iam-policy", bucket)
                            .path("bindings")
                            .toString())
                    .contains("user:" + address(1), "user:" + address(2), "2099-02-01T00:00:00Z");
            gcloud.run(
                    "storage",
                    "buckets",
                    "add-iam-policy-binding",
                    bucket,
                    "--member=user:" + address(3),
                    "--role=roles/storage.objectViewer",
                    "--condition=None");

            assertThat(live.observe(resource).owned())
                    .containsOnlyKeys(person(address(1)), person(address(2)), person(address(3)));
            live.make(resource, target(address(1), null));
            assertThat(world.canRead(resource, world.person(3))).isFalse();
        }
    }

    @Test
    void gcloudAndTheAdapterAgreeOnAGroup() {
        try (GroupWorld world = new GroupWorld(true);
                LiveAdapter live = new LiveAdapter(world)) {
            GoogleTool gcloud = GoogleTool.gcloud(world.address().toString(), GoogleWorld.PROJECT, folder);
            Resource resource = world.untouched();
            String group = "--group-email=" + GroupWorld.group(resource);
            live.make(resource, target(address(1), null));

            assertThat(gcloud.run("identity", "groups", "memberships", "list", group))
                    .contains(address(1));
            gcloud.run("identity", "groups", "memberships", "add", group, "--member-email=" + address(2));

            assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(1)), person(address(2)));
        }
    }

    @Test
    void bqAndTheAdapterAgreeOnADataset() {
        try (DatasetWorld world = new DatasetWorld();
                LiveAdapter live = new LiveAdapter(world)) {
            GoogleTool bq = GoogleTool.bq(world.address().toString(), GoogleWorld.PROJECT, folder);
            Resource resource = world.newResource();
            String dataset = resource.id().location().replace('.', ':');
            live.make(resource, target(address(1), null));

            assertThat(bq.json("show", "--dataset", dataset).path("access").findValuesAsText("userByEmail"))
                    .contains(address(1));
            bq.run(
                    "add-iam-policy-binding",
                    "--member=user:" + address(2),
                    "--role=roles/bigquery.dataViewer",
                    dataset);

            assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(1)), person(address(2)));
        }
    }
}

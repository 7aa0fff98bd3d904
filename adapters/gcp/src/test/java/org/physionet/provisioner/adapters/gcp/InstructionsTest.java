package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.object;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Resource;

/** What a researcher is told to type, with this resource's names and only the options that it needs. */
class InstructionsTest {
    private final BucketWorld world = new BucketWorld();
    private final LiveAdapter live = new LiveAdapter(world);

    @AfterEach
    void close() {
        live.close();
        world.close();
    }

    private String told(Resource resource) {
        live.adapter.observe(resource, Places.UNKNOWN);
        return String.join("\n", live.adapter.howTo(resource, person(address(1)), null));
    }

    @Test
    void aBucketWhoseReadersPayNeedsAProjectOfTheirs() {
        Resource resource = world.newResource();
        ObjectNode bucket = object();
        bucket.withObject("/billing").put("requesterPays", true);
        world.call(
                "POST", "/storage/v1/b/" + resource.id().location(), bucket, Map.of("X-HTTP-Method-Override", "PATCH"));

        assertThat(told(resource))
                .contains("gcloud auth login " + address(1))
                .contains("gcloud storage cp --recursive --account=" + address(1) + " --billing-project=YOUR_PROJECT "
                        + resource.id() + "/ .")
                .contains("charged to it");
    }

    @Test
    void aBucketWhoseOwnerPaysNeedsNone() {
        assertThat(told(world.newResource()))
                .contains("gcloud storage ls --account=")
                .doesNotContain("billing-project");
    }

    @Test
    void aBucketThatCanNotBeAskedGetsTheSafeForm() {
        assertThat(told(world.missingResource())).contains("--billing-project=YOUR_PROJECT");
    }

    @Test
    void aBucketThatWasNotLookedAtIsNotAskedForItAndGetsTheSafeForm() {
        Resource resource = world.newResource();

        assertThat(String.join("\n", live.adapter.howTo(resource, person(address(1)), null)))
                .contains("--billing-project=YOUR_PROJECT");
    }

    @Test
    void aDatasetIsQueriedInTheReadersOwnProject() {
        String dataset = world.newDataset();

        assertThat(told(GoogleBench.resource("bq://" + dataset)))
                .contains("bq --project_id=YOUR_PROJECT ls " + dataset.replace('.', ':'))
                .contains(dataset + ".INFORMATION_SCHEMA.TABLES")
                .contains("never in " + GoogleWorld.PROJECT);
    }
}

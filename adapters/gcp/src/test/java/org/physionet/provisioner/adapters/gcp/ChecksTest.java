package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.PROJECT;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.object;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.model.Resource;

/** What is wrong is found before a write fails on it, with the command that sets it right. */
class ChecksTest {
    private final BucketWorld world = new BucketWorld();
    private final LiveAdapter live = new LiveAdapter(world);

    @AfterEach
    void close() {
        live.close();
        world.close();
    }

    private Check only(Resource resource) {
        var bad = live.adapter.check(resource).stream()
                .filter(check -> !check.fix().isEmpty() && !check.what().startsWith("no groups inside"))
                .toList();
        assertThat(bad).hasSize(1);
        return bad.getFirst();
    }

    @Test
    void aDisabledApiIsNamedWithTheCommandThatEnablesIt() {
        Resource resource =
                GoogleBench.resource("gs://" + world.newBucket(), "group", Map.of("group", "readers@physionet.org"));
        live.make(resource, target(address(1), null));
        world.call("POST", "/v1/projects/" + PROJECT + "/services/groupssettings.googleapis.com:disable", object());

        assertThat(only(resource).fix())
                .isEqualTo("gcloud services enable groupssettings.googleapis.com --project=" + PROJECT);
    }

    @Test
    void row11_domainRestrictedSharingIsFoundBeforeAGrantAndReportedAsWhatItIs() {
        ObjectNode state = world.simulator().state();
        state.withObject("/gcp/switches").putArray("permittedDomains").add("physionet.org");
        world.simulator().load(state);
        Resource resource = world.newResource();

        Check check = only(resource);
        Outcome outcome = live.adapter.write(
                resource, live.writes(resource, target(address(1), null)).getFirst());

        assertThat(check.what()).startsWith("domain-restricted sharing");
        assertThat(check.detail()).contains("iam.allowedPolicyMemberDomains allows only");
        assertThat(check.fix()).contains("layout: group");
        assertThat(outcome).isInstanceOf(Outcome.Denied.class);
        assertThat(live.adapter.check(
                        GoogleBench.resource(resource.id().text(), "group", Map.of("group", "readers@physionet.org"))))
                .filteredOn(each -> each.what().startsWith("domain-restricted"))
                .allMatch(Check::ok);
    }

    @Test
    void aClockThatIsOffIsFound() {
        Resource resource = world.newResource();
        world.simulator().clock().advance(Duration.ofMinutes(10));

        assertThat(only(resource).what()).contains("clock");
    }

    @Test
    void aBucketThatIsNotClosedAsItShouldBeIsFoundWithTheCommand() {
        Resource mixed = GoogleBench.resource("gs://" + world.newBucket(false));
        assertThat(only(mixed).fix())
                .isEqualTo("gcloud storage buckets update " + mixed.id() + " --uniform-bucket-level-access");

        Resource open = world.newResource();
        ObjectNode bucket = object();
        bucket.withObject("/iamConfiguration").put("publicAccessPrevention", "inherited");
        world.call("POST", "/storage/v1/b/" + open.id().location(), bucket, Map.of("X-HTTP-Method-Override", "PATCH"));
        assertThat(only(open).fix())
                .isEqualTo("gcloud storage buckets update " + open.id() + " --public-access-prevention");
    }

    @Test
    void missingRightsArePrintedWithTheRoleAndTheCommandThatGivesIt() {
        ScriptedGoogle google = new ScriptedGoogle();
        google.then(200, "{\"permissions\":[\"storage.buckets.get\"]}");
        try (var adapter = GoogleBench.adapter(google.address())) {
            Check check = adapter.check(GoogleBench.BUCKET).getFirst();

            assertThat(check.ok()).isFalse();
            assertThat(check.detail()).isEqualTo("lacks storage.buckets.getIamPolicy, storage.buckets.setIamPolicy");
            assertThat(check.fix())
                    .isEqualTo("gcloud iam roles create provisionerBucket --project=p1-x"
                            + " --permissions=storage.buckets.get,storage.buckets.getIamPolicy,storage.buckets.setIamPolicy;"
                            + " gcloud storage buckets add-iam-policy-binding gs://b-1"
                            + " --member=serviceAccount:PROVISIONER --role=projects/p1-x/roles/provisionerBucket");
        } finally {
            google.close();
        }
    }

    @Test
    void rightsOnADatasetAreTestedWithoutWriting() {
        Resource dataset = GoogleBench.resource("bq://" + world.newDataset());
        world.forgetCalls();

        assertThat(live.adapter.check(dataset))
                .anySatisfy(check -> assertThat(check.detail()).startsWith("has bigquery.datasets.get"))
                .allMatch(Check::ok);
        assertThat(world.calls()).noneMatch(call -> call.write());
    }
}

package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** What can be asked before anything is granted: organization policy, enabled APIs (facts/gcp.md 2, row 11). */
class PreflightTest {
    private static final String DOMAINS = "/v2/projects/p1/policies/iam.allowedPolicyMemberDomains:getEffectivePolicy";

    private final LiveWorld world = Google.open();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void withoutARestrictionEverybodyIsAllowed() {
        assertThat(world.json("GET", DOMAINS, "").at("/spec/rules").toString()).isEqualTo("[{\"allowAll\":true}]");
        assertThat(world.json("GET", "/v2/projects/p1/policies/iam.managed.allowedPolicyMembers:getEffectivePolicy", "")
                        .at("/spec/rules")
                        .toString())
                .isEqualTo("[{\"enforce\":false}]");
    }

    @Test
    void aRestrictionIsShownAsCustomersAsGoogleDoes() {
        world.send("PUT", "/_simulator/state", "{\"gcp\":{\"switches\":{\"permittedDomains\":[\"ours.example\"]}}}");
        var policy = world.json("GET", DOMAINS, "");
        assertThat(policy.path("name").asText()).matches("projects/\\d+/policies/iam.allowedPolicyMemberDomains");
        assertThat(policy.at("/spec/rules/0/values/allowedValues/0").asText()).matches("is:C0[a-z0-9]+");
        var denied = world.send("GET", DOMAINS, "", "Authorization", "Bearer ada@example.org");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("orgpolicy.policy.get");
    }

    @Test
    void anApiThatIsNotEnabledRefusesTheCallsThatAreChargedToTheProject() {
        String service = "/v1/projects/p1/services/bigquery.googleapis.com";
        assertThat(world.json("GET", service, "").path("state").asText()).isEqualTo("ENABLED");
        world.send("POST", service + ":disable", "");
        assertThat(world.json("GET", service, "").path("state").asText()).isEqualTo("DISABLED");
        var refused = world.send("GET", "/bigquery/v2/projects/p1/datasets", "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("SERVICE_DISABLED", "accessNotConfigured", "bigquery.googleapis.com");
        assertThat(world.send("GET", "/bigquery/v2/projects/p2/datasets", "").statusCode())
                .isEqualTo(200);
        assertThat(world.send("GET", "/bigquery/v2/projects/p2/datasets", "", "X-Goog-User-Project", "p1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.json("GET", "/v1/projects/p1/services?filter=state:DISABLED", "")
                        .path("services"))
                .hasSize(1);
        world.send(
                "PUT",
                "/_simulator/state",
                world.send("GET", "/_simulator/state", "").body());
        assertThat(world.send("GET", "/bigquery/v2/projects/p1/datasets", "").statusCode())
                .as("also after a load")
                .isEqualTo(403);
        world.send("POST", service + ":enable", "");
        assertThat(world.send("GET", "/bigquery/v2/projects/p1/datasets", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAccountLearnsWhatItMayDoBeforeItTries() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"roles":[{"name":"projects/p1/roles/provisioner","permissions":["storage.buckets.get",
                    "storage.buckets.getIamPolicy","storage.buckets.setIamPolicy"]}],
                  "buckets":[{"name":"b-one","project":"p1","iam":{"bindings":[{"role":"projects/p1/roles/provisioner",
                    "members":["serviceAccount:engine@p1.iam.gserviceaccount.com"]}]}}]}}""");
        var answer = world.json(
                "GET",
                "/storage/v1/b/b-one/iam/testPermissions?permissions=storage.buckets.setIamPolicy&permissions=storage.objects.get",
                "",
                "Authorization",
                "Bearer engine@p1.iam.gserviceaccount.com");
        assertThat(answer.path("permissions").toString()).isEqualTo("[\"storage.buckets.setIamPolicy\"]");
    }
}

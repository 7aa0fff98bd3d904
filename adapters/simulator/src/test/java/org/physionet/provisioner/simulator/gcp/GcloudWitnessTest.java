package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.simulator.LiveWorld;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.witness.GoogleTool;

/** gcloud as an independent witness (facts/gcp.md 7c); skipped where it is not installed. Every start costs seconds. */
class GcloudWitnessTest {
    private final LiveWorld world = new LiveWorld(new Simulator(SimulatorOptions.defaults()));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void resources() {
        var answer = world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"permittedDomains":["example.org"]},
                  "projects":[{"name":"projects/p1","ancestors":["folders/12","organizations/34"],
                    "disabledServices":["cloudasset.googleapis.com"]}],
                  "groups":[{"email":"readers@example.org"}],
                  "buckets":[{"name":"b-one","project":"p1","objects":[{"name":"o.txt","text":"data of the object"}]},
                   {"name":"b-two","project":"p1","iam":{"bindings":[{"role":"roles/storage.objectViewer",
                     "members":["group:readers@example.org"]}]}}]}}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void storageAddsAReaderWhoThenReadsWithIt() {
        GoogleTool gcloud = GoogleTool.gcloud(world.url(), "p1", folder);
        JsonNode policy = gcloud.json(
                "storage",
                "buckets",
                "add-iam-policy-binding",
                "gs://b-one",
                "--member=user:ada@example.org",
                "--role=roles/storage.objectViewer",
                "--condition=None");
        assertThat(policy.path("bindings")).hasSize(5);
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
        assertThat(gcloud.as("ada@example.org", "storage", "cat", "gs://b-one/o.txt"))
                .isEqualTo("data of the object");
        assertThat(gcloud.json("storage", "buckets", "get-iam-policy", "gs://b-one")
                        .path("bindings"))
                .isEqualTo(policy.path("bindings"));
    }

    @Test
    void projectsAddsARoleAndShowsWhereItComesFrom() {
        GoogleTool gcloud = GoogleTool.gcloud(world.url(), "p1", folder);
        JsonNode written = gcloud.json(
                "projects",
                "add-iam-policy-binding",
                "p1",
                "--member=user:ada@example.org",
                "--role=roles/storage.objectViewer",
                "--condition=expression=request.time < timestamp(\"2030-01-01T00:00:00Z\"),title=lease");
        assertThat(written.at("/bindings/0/condition/title").asText()).isEqualTo("lease");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
        assertThat(gcloud.json("projects", "get-iam-policy", "p1")).isEqualTo(written);
        assertThat(gcloud.json("projects", "get-ancestors", "p1").findValuesAsText("id"))
                .containsExactly("p1", "12", "34");
    }

    @Test
    void identityAddsAMemberWhoLosesAccessAtTheEnd() {
        GoogleTool gcloud = GoogleTool.gcloud(world.url(), "p1", folder);
        gcloud.run(
                "identity",
                "groups",
                "memberships",
                "add",
                "--group-email=readers@example.org",
                "--member-email=ada@example.org",
                "--expiration=30d");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-two")).isTrue();
        JsonNode list = gcloud.json(
                "identity", "groups", "memberships", "list", "--group-email=readers@example.org", "--view=full");
        Instant end =
                Instant.parse(list.at("/0/roles/0/expiryDetail/expireTime").asText());
        assertThat(Duration.between(world.simulator().clock().instant(), end))
                .isBetween(Duration.ofDays(30).minusMinutes(5), Duration.ofDays(31));
        world.simulator().clock().set(end);
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-two")).isFalse();
    }

    @Test
    void orgPoliciesAndServicesAnswerThePreflight() {
        GoogleTool gcloud = GoogleTool.gcloud(world.url(), "p1", folder);
        assertThat(gcloud.json(
                                "org-policies",
                                "describe",
                                "iam.allowedPolicyMemberDomains",
                                "--effective",
                                "--project=p1")
                        .at("/spec/rules/0/values/allowedValues/0")
                        .asText())
                .startsWith("is:C0");
        assertThat(gcloud.json("services", "list", "--enabled").findValuesAsText("state"))
                .hasSize(10)
                .containsOnly("ENABLED");
    }
}

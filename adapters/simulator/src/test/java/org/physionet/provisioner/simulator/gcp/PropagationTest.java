package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** Stored at once, in force later (facts/gcp.md 2, row 20), on the world's clock. */
class PropagationTest {
    private static final String MEMBERS = "/admin/directory/v1/groups/readers@example.org/members";

    private final LiveWorld world = Google.open();

    @BeforeEach
    void slow() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"propagation":{"policy":"PT2M","groupAdd":"PT5M","groupRemove":"PT15M","newGroup":"PT1M"}},
                 "groups":[{"email":"readers@example.org"}],
                 "buckets":[{"name":"b-one","project":"p1"},{"name":"b-two","project":"p1","iam":{"bindings":[
                   {"role":"roles/storage.objectViewer","members":["group:readers@example.org"]}]}}]}}""");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void bind(String member) {
        String body = "{\"bindings\":[{\"role\":\"roles/storage.objectViewer\",\"members\":[\"" + member + "\"]}]}";
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", body).statusCode())
                .isEqualTo(200);
    }

    private void wait(String duration) {
        world.send("POST", "/_simulator/clock", "{\"advance\":\"" + duration + "\"}");
    }

    private boolean reads(String who, String bucket) {
        return Google.canRead(world, who + "@example.org", "gs://" + bucket);
    }

    @Test
    void aPolicyIsReadBackAtOnceAndTakesEffectLater() {
        bind("user:ada@example.org");
        assertThat(world.send("GET", "/storage/v1/b/b-one/iam", "").body()).contains("ada@example.org");
        assertThat(reads("ada", "b-one")).isFalse();
        wait("PT1M59S");
        assertThat(reads("ada", "b-one")).isFalse();
        wait("PT1S");
        assertThat(reads("ada", "b-one")).isTrue();
    }

    @Test
    void twoWritesTakeEffectInTheirOrder() {
        bind("user:ada@example.org");
        wait("PT1M");
        bind("user:bob@example.org");
        wait("PT1M");
        assertThat(reads("ada", "b-one")).isTrue();
        assertThat(reads("bob", "b-one")).isFalse();
        wait("PT1M");
        assertThat(reads("ada", "b-one")).isFalse();
        assertThat(reads("bob", "b-one")).isTrue();
    }

    @Test
    void removingAGroupMemberIsSlowerThanAddingOne() {
        world.send("POST", MEMBERS, "{\"email\":\"ada@example.org\"}");
        wait("PT4M59S");
        assertThat(reads("ada", "b-two")).isFalse();
        wait("PT1S");
        assertThat(reads("ada", "b-two")).isTrue();
        assertThat(world.send("DELETE", MEMBERS + "/ada@example.org", "").statusCode())
                .isEqualTo(204);
        assertThat(world.send("GET", MEMBERS, "").body()).doesNotContain("ada@example.org");
        wait("PT14M59S");
        assertThat(reads("ada", "b-two")).isTrue();
        wait("PT1S");
        assertThat(reads("ada", "b-two")).isFalse();
    }

    @Test
    void aGroupInAGroupIsTheSlowest() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"propagation":{"groupAdd":"PT5M","groupRemove":"PT15M","nestedGroup":"PT30M"}},
                 "groups":[{"email":"readers@example.org"},{"email":"inner@example.org","members":[{"email":"ada@example.org"}]}],
                 "buckets":[{"name":"b-two","project":"p1","iam":{"bindings":[
                   {"role":"roles/storage.objectViewer","members":["group:readers@example.org"]}]}}]}}""");
        world.send("POST", MEMBERS, "{\"email\":\"inner@example.org\"}");
        wait("PT34M");
        assertThat(reads("ada", "b-two")).isFalse();
        wait("PT1M");
        assertThat(reads("ada", "b-two")).isTrue();
        world.send("DELETE", MEMBERS + "/inner@example.org", "");
        wait("PT44M");
        assertThat(reads("ada", "b-two")).isTrue();
        wait("PT1M");
        assertThat(reads("ada", "b-two")).isFalse();
    }

    @Test
    void aNewGroupCanNotBeNamedUntilItIsKnown() {
        world.send("POST", "/admin/directory/v1/groups", "{\"email\":\"new@example.org\"}");
        String body =
                "{\"bindings\":[{\"role\":\"roles/storage.objectViewer\",\"members\":[\"group:new@example.org\"]}]}";
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", body).body())
                .contains("Group new@example.org does not exist.");
        wait("PT1M");
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", body).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsUnderWaySurvivesADumpAndALoad() {
        bind("user:ada@example.org");
        world.send("POST", MEMBERS, "{\"email\":\"bob@example.org\"}");
        wait("PT1M");
        String state = world.send("GET", "/_simulator/state", "").body();
        world.send("POST", "/_simulator/reset", "");
        world.send("PUT", "/_simulator/state", state);
        assertThat(reads("ada", "b-one")).isFalse();
        wait("PT1M");
        assertThat(reads("ada", "b-one")).isTrue();
        assertThat(reads("bob", "b-two")).isFalse();
        wait("PT3M");
        assertThat(reads("bob", "b-two")).isTrue();
    }
}

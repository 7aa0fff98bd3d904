package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** Groups at their worst (facts/gcp.md 2, rows 17 and 19; 5 on closing a group). */
class GroupTroubleTest {
    private static final String GROUPS = "/admin/directory/v1/groups";
    private static final String HALF = "half@example.org";

    private final LiveWorld world = Google.strict();

    @BeforeEach
    void world() {
        var answer = world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"halfCreatedGroups":true},"buckets":[{"name":"b-one","project":"p1"}],
                  "accounts":[{"email":"ada@example.org"},{"email":"robot@p1.iam.gserviceaccount.com"}],
                  "groups":[{"email":"whole@example.org","id":"0whole","members":[{"email":"ada@example.org",
                    "expires":"2026-11-02T00:00:00Z"}]},{"email":"inner@example.org"}]}}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int status(String method, String path, String body) {
        return world.send(method, path, body).statusCode();
    }

    private void createHalf() {
        world.send(
                "POST",
                "/_simulator/faults",
                "[{\"method\":\"directory.groups.insert\",\"status\":503,\"applied\":true}]");
        assertThat(status("POST", GROUPS, "{\"email\":\"" + HALF + "\"}")).isEqualTo(503);
    }

    private String bind() {
        return world.send(
                        "PUT",
                        "/storage/v1/b/b-one/iam",
                        "{\"bindings\":[{\"role\":\"roles/storage.objectViewer\",\"members\":[\"group:" + HALF
                                + "\"]}]}")
                .body();
    }

    @Test
    void aFailedCreationLeavesAGroupThatSomeCallsSeeAndOthersDoNot() {
        createHalf();
        assertThat(status("GET", GROUPS + "/" + HALF, "")).isEqualTo(200);
        assertThat(status("POST", GROUPS, "{\"email\":\"" + HALF + "\"}")).isEqualTo(409);
        assertThat(status("GET", GROUPS + "/" + HALF + "/members", "")).isEqualTo(404);
        assertThat(status("POST", GROUPS + "/" + HALF + "/members", "{\"email\":\"ada@example.org\"}"))
                .isEqualTo(404);
        assertThat(status("GET", "/groups/v1/groups/" + HALF, "")).isEqualTo(404);
        assertThat(status("GET", "/v1/groups:lookup?groupKey.id=" + HALF, "")).isEqualTo(403);
        assertThat(bind()).contains("Group " + HALF + " does not exist.");
    }

    @Test
    void deletingItAndCreatingItAgainHealsIt() {
        createHalf();
        String state = world.send("GET", "/_simulator/state", "").body();
        world.send("PUT", "/_simulator/state", state);
        assertThat(status("GET", GROUPS + "/" + HALF + "/members", ""))
                .as("also after a load")
                .isEqualTo(404);
        assertThat(status("DELETE", GROUPS + "/" + HALF, "")).isEqualTo(204);
        assertThat(status("POST", GROUPS, "{\"email\":\"" + HALF + "\"}")).isEqualTo(200);
        assertThat(status("GET", GROUPS + "/" + HALF + "/members", "")).isEqualTo(200);
        assertThat(bind()).contains("group:" + HALF);
    }

    @Test
    void aCreationThatIsOnlyRefusedLeavesNothing() {
        world.send("POST", "/_simulator/faults", "[{\"method\":\"directory.groups.insert\",\"status\":503}]");
        assertThat(status("POST", GROUPS, "{\"email\":\"" + HALF + "\"}")).isEqualTo(503);
        assertThat(status("GET", GROUPS + "/" + HALF, "")).isEqualTo(404);
    }

    @Test
    void anOperationMayBeDoneWithoutSayingSo() {
        String state = world.send("GET", "/_simulator/state", "").body();
        world.send(
                "PUT",
                "/_simulator/state",
                state.replace("\"pendingOperations\" : false", "\"pendingOperations\" : true"));
        var answer = world.json("POST", "/v1/groups", """
                {"groupKey":{"id":"new@example.org"},"parent":"customers/C1",
                 "labels":{"cloudidentity.googleapis.com/groups.discussion_forum":""}}""");
        assertThat(answer.path("done").asBoolean(true)).isFalse();
        assertThat(answer.has("response")).isFalse();
        assertThat(status("GET", GROUPS + "/new@example.org/members", "")).isEqualTo(200);
    }

    @Test
    void theSearchForSomebodysGroupsOmitsTheEndAndFailsForNobody() {
        String search = "/v1/groups/-/memberships:searchDirectGroups?query=member_key_id%3D%3D'";
        var found = world.json("GET", search + "ada@example.org'", "");
        assertThat(found.path("memberships").path(0).path("group").asText()).isEqualTo("groups/0whole");
        assertThat(found.toString()).doesNotContain("expir");
        assertThat(world.json("GET", "/v1/groups/0whole/memberships?view=FULL", "")
                        .toString())
                .contains("\"expireTime\":\"2026-11-02T00:00:00Z\"");
        assertThat(status("GET", search + "nobody@example.org'", "")).isEqualTo(500);
    }

    @Test
    void aRestrictedGroupTakesPeopleAndServiceAccountsButNoGroups() {
        String settings = "/v1/groups/0whole/securitySettings";
        String query = "{\"memberRestriction\":{\"query\":\"member.type == 1 || member.type == 2\"}}";
        assertThat(status("PATCH", settings + "?updateMask=memberRestriction.query", query))
                .isEqualTo(200);
        assertThat(world.json("GET", settings + "?readMask=*", "")
                        .at("/memberRestriction/evaluation/state")
                        .asText())
                .isEqualTo("COMPLIANT");
        String members = GROUPS + "/whole@example.org/members";
        assertThat(status("POST", members, "{\"email\":\"inner@example.org\"}")).isEqualTo(400);
        assertThat(status("POST", members, "{\"email\":\"robot@p1.iam.gserviceaccount.com\"}"))
                .isEqualTo(200);
        assertThat(status("PATCH", settings, "{\"memberRestriction\":{\"query\":\"member.age > 18\"}}"))
                .isEqualTo(400);
    }

    @Test
    void nobodyIsInMoreThanThreeThousandGroups() {
        StringBuilder groups = new StringBuilder("{\"email\":\"last@example.org\"}");
        for (int i = 0; i < GroupMembers.MOST_GROUPS; i++) {
            groups.append(",{\"email\":\"g").append(i).append("@example.org\",");
            groups.append("\"members\":[{\"email\":\"ada@example.org\"}]}");
        }
        world.send(
                "PUT",
                "/_simulator/state",
                "{\"gcp\":{\"accounts\":[{\"email\":\"ada@example.org\"},{\"email\":\"bob@example.org\"}],"
                        + "\"groups\":[" + groups + "]}}");
        String members = GROUPS + "/last@example.org/members";
        assertThat(status("POST", members, "{\"email\":\"ada@example.org\"}")).isEqualTo(412);
        assertThat(status("POST", members, "{\"email\":\"bob@example.org\"}")).isEqualTo(200);
    }

    @Test
    void aSettingTakesOnlyTheValuesThatGoogleKnows() {
        String settings = "/groups/v1/groups/whole@example.org";
        var refused = world.send("PATCH", settings, "{\"whoCanJoin\":\"NOBODY\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("INVALID_VALUE for whoCanJoin");
        assertThat(status("PATCH", settings, "{\"whoCanJoin\":\"INVITED_CAN_JOIN\"}"))
                .isEqualTo(200);
        assertThat(world.json("GET", settings, "").path("whoCanJoin").asText()).isEqualTo("INVITED_CAN_JOIN");
    }
}

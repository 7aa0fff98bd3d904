package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** Accounts go, come back, are made again and change their name, and policies follow (facts/gcp.md 2, rows 7, 8, 22). */
class AccountLifeTest {
    private final LiveWorld world = Google.open();

    @BeforeEach
    void world() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"accounts":[{"email":"ada@example.org","uid":"1234"}],
                  "groups":[{"email":"readers@example.org","members":[{"email":"ada@example.org"}]}],
                  "buckets":[{"name":"b-one","project":"p1","iam":{"bindings":[
                    {"role":"roles/storage.objectViewer","members":["user:ada@example.org","user:bob@example.org"]}]}}],
                  "datasets":[{"project":"p1","id":"d1","access":[{"role":"READER","userByEmail":"ada@example.org"}]}]}}""");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void account(String rest) {
        var answer = world.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"ada@example.org\"," + rest + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode policy() {
        return world.json("GET", "/storage/v1/b/b-one/iam", "");
    }

    private String access() {
        return world.json("GET", "/bigquery/v2/projects/p1/datasets/d1", "")
                .path("access")
                .toString();
    }

    @Test
    void aDeletedAccountIsShownWithItsUidAndRevertsWhenItIsRecovered() {
        String etag = policy().path("etag").asText();
        account("\"status\":\"deleted\"");
        assertThat(policy().path("etag").asText()).isNotEqualTo(etag);
        assertThat(policy().toString()).contains("deleted:user:ada@example.org?uid=1234");
        assertThat(access())
                .isEqualTo("[{\"role\":\"READER\",\"iamMember\":\"deleted:user:ada@example.org?uid=1234\"}]");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isFalse();
        account("\"status\":\"active\"");
        assertThat(policy().path("bindings").toString())
                .contains("\"user:ada@example.org\"")
                .doesNotContain("deleted");
        assertThat(access()).isEqualTo("[{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"}]");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
    }

    @Test
    void aPolicyThatNamesADeletedMemberCanBeWrittenBackButNotTheLivingForm() {
        account("\"status\":\"deleted\"");
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", policy().toString())
                        .statusCode())
                .isEqualTo(200);
        String living = policy().toString().replace("deleted:user:ada@example.org?uid=1234", "user:ada@example.org");
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", living).body())
                .contains("User ada@example.org does not exist.");
    }

    @Test
    void anAccountMadeAgainAtTheSameAddressIsSomebodyElse() {
        account("\"status\":\"deleted\"");
        account("\"status\":\"active\",\"recreate\":true");
        assertThat(policy().toString()).contains("deleted:user:ada@example.org?uid=1234");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isFalse();
        assertThat(world.send("GET", "/admin/directory/v1/groups/readers@example.org/members", "")
                        .body())
                .doesNotContain("ada@example.org");
    }

    @Test
    void policiesAndGroupsFollowARenamedAccount() {
        account("\"rename\":\"countess@example.org\"");
        assertThat(Google.canRead(world, "countess@example.org", "gs://b-one")).isTrue();
        assertThat(policy().toString()).contains("user:countess@example.org");
        assertThat(world.send("GET", "/admin/directory/v1/groups/readers@example.org/members", "")
                        .body())
                .contains("countess@example.org");
    }

    @Test
    void aSuspendedAccountKeepsItsGrantAndCanNotUseIt() {
        account("\"status\":\"suspended\"");
        assertThat(policy().toString()).contains("\"user:ada@example.org\"");
        assertThat(world.simulator()
                        .canRead("gcp", "user:ada@example.org", "gs://b-one")
                        .because())
                .isEqualTo("account ada@example.org is suspended");
        assertThat(world.send("GET", "/storage/v1/b/b-one/o", "", "Authorization", "Bearer ada@example.org")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void bigQueryMayRefuseAListThatStillNamesADeletedAccount() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"bigQueryRefusesDeletedMembers":true},
                  "accounts":[{"email":"gone@example.org","uid":"7","status":"deleted"}],
                  "datasets":[{"project":"p1","id":"d","access":[{"role":"READER","userByEmail":"gone@example.org"}]}]}}""");
        String dataset = "/bigquery/v2/projects/p1/datasets/d";
        String access = world.json("GET", dataset, "").path("access").toString();
        assertThat(access).contains("deleted:user:gone@example.org?uid=7");
        var refused = world.send("PATCH", dataset, "{\"access\":" + access + "}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("deleted:user:gone@example.org?uid=7 does not exist.");
    }

    @Test
    void forAWhilePoliciesNameADeletedAccountAsIfItLivedAndCanNotBeWrittenBack() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"propagation":{"deletion":"PT1M"}},
                  "accounts":[{"email":"robot@p1.iam.gserviceaccount.com"}],
                  "buckets":[{"name":"b-one","project":"p1","iam":{"bindings":[{"role":"roles/storage.objectViewer",
                    "members":["serviceAccount:robot@p1.iam.gserviceaccount.com"]}]}}]}}""");
        world.send(
                "POST",
                "/_simulator/gcp/accounts",
                "{\"email\":\"robot@p1.iam.gserviceaccount.com\",\"status\":\"deleted\"}");
        String read = world.send("GET", "/storage/v1/b/b-one/iam", "").body();
        assertThat(read).contains("\"serviceAccount:robot@p1.iam.gserviceaccount.com\"");
        var refused = world.send("PUT", "/storage/v1/b/b-one/iam", read);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Service account robot@p1.iam.gserviceaccount.com does not exist.");
        world.send(
                "PUT",
                "/_simulator/state",
                world.send("GET", "/_simulator/state", "").body());
        world.send("POST", "/_simulator/clock", "{\"advance\":\"PT1M\"}");
        String again = world.send("GET", "/storage/v1/b/b-one/iam", "").body();
        assertThat(again).contains("\"deleted:serviceAccount:robot@p1.iam.gserviceaccount.com?uid=");
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", again).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aControlCallThatIsNotUnderstoodIsRefused() {
        assertThat(world.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"ada@example.org\",\"status\":\"dead\"}")
                        .body())
                .contains("account.status: expected one of");
        assertThat(world.send("POST", "/_simulator/gcp/account", "{}").statusCode())
                .isEqualTo(404);
    }
}

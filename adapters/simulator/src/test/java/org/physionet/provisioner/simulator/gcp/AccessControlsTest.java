package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** Access that no policy shows: legacy lists of buckets without uniform access (facts/gcp.md 4, "Shadow access"). */
class AccessControlsTest {
    private static final String BUCKET = "/storage/v1/b/old";

    private final LiveWorld world = Google.open();

    @BeforeEach
    void world() {
        world.send("POST", "/storage/v1/b?project=p1", """
                {"name":"old","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":false}}}""");
        world.send("POST", "/upload/storage/v1/b/old/o?uploadType=media&name=o", "data");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int add(String list, String entity, String role) {
        return world.send("POST", BUCKET + list, "{\"entity\":\"" + entity + "\",\"role\":\"" + role + "\"}")
                .statusCode();
    }

    private int reads(String path, String email) {
        return world.send("GET", BUCKET + path, "", "Authorization", "Bearer " + email)
                .statusCode();
    }

    @Test
    void anObjectsListGivesAccessThatTheBucketsPolicyDoesNotShow() {
        assertThat(add("/o/o/acl", "user-ada@example.org", "READER")).isEqualTo(200);
        assertThat(reads("/o/o?alt=media", "ada@example.org")).isEqualTo(200);
        assertThat(world.simulator()
                        .canRead("gcp", "user:ada@example.org", "gs://old/o")
                        .because())
                .contains("the access control list of object o");
        assertThat(world.send("GET", BUCKET + "/iam", "").body()).doesNotContain("ada");
        String state = world.send("GET", "/_simulator/state", "").body();
        world.send("PUT", "/_simulator/state", state);
        assertThat(reads("/o/o?alt=media", "ada@example.org"))
                .as("also after a load")
                .isEqualTo(200);
        world.send("DELETE", BUCKET + "/o/o/acl/user-ada@example.org", "");
        assertThat(reads("/o/o?alt=media", "ada@example.org")).isEqualTo(403);
    }

    @Test
    void newObjectsGetTheBucketsDefaultList() {
        assertThat(add("/defaultObjectAcl", "allUsers", "READER")).isEqualTo(200);
        world.send("POST", "/upload/storage/v1/b/old/o?uploadType=media&name=new", "data");
        assertThat(reads("/o/new?alt=media", "anybody@example.org")).isEqualTo(200);
        assertThat(reads("/o/o?alt=media", "anybody@example.org")).isEqualTo(403);
    }

    @Test
    void aBucketsListIsItsLegacyRolesInAnotherForm() {
        assertThat(add("/acl", "user-ada@example.org", "READER")).isEqualTo(200);
        assertThat(world.send("GET", BUCKET + "/iam", "").body()).contains("user:ada@example.org");
        assertThat(reads("/o", "ada@example.org")).isEqualTo(200);
        var items = world.json("GET", BUCKET + "/acl", "").path("items");
        assertThat(items.findValuesAsText("entity"))
                .contains("user-ada@example.org")
                .anyMatch(entity -> entity.matches("project-owners-\\d+"));
        world.send("DELETE", BUCKET + "/acl/user-ada@example.org", "");
        assertThat(reads("/o", "ada@example.org")).isEqualTo(403);
        assertThat(world.json("GET", BUCKET + "/acl", "").path("items")).hasSize(items.size() - 1);
    }

    @Test
    void whatIsNoEntityOrNoRoleIsRefused() {
        assertThat(List.of(
                        add("/acl", "banana", "READER"),
                        add("/acl", "user-ada@example.org", "EATER"),
                        add("/o/o/acl", "user-ada@example.org", "WRITER")))
                .containsOnly(400);
        assertThat(add("/o/none/acl", "user-ada@example.org", "READER")).isEqualTo(404);
    }

    @Test
    void uniformAccessKnowsNoLists() {
        add("/o/o/acl", "user-ada@example.org", "READER");
        world.send("PATCH", BUCKET, "{\"iamConfiguration\":{\"uniformBucketLevelAccess\":{\"enabled\":true}}}");
        assertThat(reads("/o/o?alt=media", "ada@example.org")).isEqualTo(403);
        assertThat(world.send("GET", BUCKET + "/acl", "").body())
                .contains("Cannot get legacy ACL for a bucket that has uniform bucket-level access.");
    }
}

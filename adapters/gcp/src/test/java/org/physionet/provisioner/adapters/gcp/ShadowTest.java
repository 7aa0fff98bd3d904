package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.PROJECT;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.contract.ContractWorld.SeenCalls;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;

/** Who can read without being written on the resource, each with the way by which. */
class ShadowTest {
    private final BucketWorld world = new BucketWorld();
    private final LiveAdapter live = new LiveAdapter(world);

    ShadowTest() {
        ObjectNode state = world.simulator().state();
        ArrayNode nodes = state.withObject("/gcp").putArray("projects");
        node(nodes, "projects/" + PROJECT, "folders/12", "organizations/7");
        node(nodes, "folders/12", "organizations/7");
        node(nodes, "organizations/7");
        world.simulator().load(state);
    }

    private static void node(ArrayNode nodes, String name, String... ancestors) {
        ArrayNode above = nodes.addObject().put("name", name).putArray("ancestors");
        for (String ancestor : ancestors) {
            above.add(ancestor);
        }
    }

    @AfterEach
    void close() {
        live.close();
        world.close();
    }

    private void grant(String node, String role, String member) {
        ObjectNode policy = world.call("POST", "/v3/" + node + ":getIamPolicy", object());
        policy.withArray("bindings")
                .addObject()
                .put("role", role)
                .putArray("members")
                .add(member);
        ObjectNode body = object();
        body.set("policy", policy);
        world.call("POST", "/v3/" + node + ":setIamPolicy", body);
    }

    private Set<Shadow> shadows(Resource resource) {
        return Set.copyOf(live.adapter.shadows(resource));
    }

    @Test
    void whoHasAReadingRoleOnTheProjectOrAboveIsFoundWithTheWayDown() {
        Resource bucket = world.newResource();
        grant("projects/" + PROJECT, "roles/storage.admin", "user:" + address(1));
        grant("folders/12", "roles/storage.objectViewer", "user:" + address(2));
        grant("organizations/7", "roles/storage.objectAdmin", "user:" + address(3));
        grant("projects/" + PROJECT, "roles/browser", "user:" + address(4));
        String down = " → projects/" + PROJECT + " → " + bucket.id();

        assertThat(shadows(bucket))
                .containsExactlyInAnyOrder(
                        new Shadow("user:" + address(1), down.substring(3) + ": roles/storage.admin", true),
                        new Shadow("user:" + address(2), "folders/12" + down + ": roles/storage.objectViewer", true),
                        new Shadow(
                                "user:" + address(3),
                                "organizations/7 → folders/12" + down + ": roles/storage.objectAdmin",
                                true));
        for (int i = 1; i <= 3; i++) {
            assertThat(world.canRead(bucket, world.person(i))).isTrue();
        }
    }

    @Test
    void convenienceMembersAreResolvedToThePeopleBehindThem() {
        Resource bucket = world.newResource();
        grant("projects/" + PROJECT, "roles/viewer", "user:" + address(1));

        assertThat(world.canRead(bucket, world.person(1))).isTrue();
        assertThat(shadows(bucket))
                .containsExactly(new Shadow(
                        "user:" + address(1),
                        "projects/" + PROJECT + ": roles/viewer → " + bucket.id() + ": projectViewer:" + PROJECT
                                + " as roles/storage.legacyObjectReader",
                        true));
    }

    @Test
    void aCustomRoleAndOneWhoseHolderCanHelpThemselvesAreUncertain() {
        Resource bucket = world.newResource();
        ObjectNode state = world.simulator().state();
        state.withObject("/gcp")
                .withArray("roles")
                .addObject()
                .put("name", "projects/" + PROJECT + "/roles/mystery")
                .putArray("permissions")
                .add("storage.objects.get");
        world.simulator().load(state);
        grant("projects/" + PROJECT, "projects/" + PROJECT + "/roles/mystery", "user:" + address(1));

        assertThat(shadows(bucket)).singleElement().satisfies(shadow -> {
            assertThat(shadow.who()).isEqualTo("user:" + address(1));
            assertThat(shadow.certain()).isFalse();
        });
    }

    @Test
    void everybodyIsFound() {
        Resource bucket = world.newResource();
        world.call(
                "POST", "/storage/v1/b/" + bucket.id().location(), open(), Map.of("X-HTTP-Method-Override", "PATCH"));
        world.addToBucket(bucket.id().location(), "roles/storage.objectViewer", "allUsers");

        assertThat(shadows(bucket)).extracting(Shadow::who).containsExactly("allUsers");
    }

    private static ObjectNode open() {
        ObjectNode bucket = object();
        bucket.withObject("/iamConfiguration").put("publicAccessPrevention", "inherited");
        return bucket;
    }

    @Test
    void aBucketWithoutUniformAccessHasListsThatMayLetPeopleIn() {
        Resource bucket = GoogleBench.resource("gs://" + world.newBucket(false));
        world.call(
                "POST",
                "/storage/v1/b/" + bucket.id().location() + "/defaultObjectAcl",
                object().put("entity", "user-" + address(1)).put("role", "READER"));

        assertThat(shadows(bucket))
                .contains(new Shadow(
                        "user:" + address(1), bucket.id() + ": default object ACL, READER on new objects", true))
                .anySatisfy(shadow -> {
                    assertThat(shadow.who()).isEqualTo("whoever object ACLs name");
                    assertThat(shadow.certain()).isFalse();
                });
    }

    @Test
    void whatCanNotBeReadIsSaidToBeUncertain() {
        Resource bucket = world.newResource();
        world.trouble("cloudresourcemanager.folders.getIamPolicy", Trouble.answer(403, "forbidden"));

        assertThat(shadows(bucket)).singleElement().satisfies(shadow -> {
            assertThat(shadow.path())
                    .startsWith("folders/12 → projects/" + PROJECT)
                    .contains("could not be read");
            assertThat(shadow.certain()).isFalse();
        });
    }

    @Test
    void datasetsInheritTooAndNothingIsWrittenOrTriedTwice() {
        String dataset = world.newDataset();
        grant("folders/12", "roles/bigquery.dataViewer", "user:" + address(1));
        grant("folders/12", "roles/storage.objectViewer", "user:" + address(2));
        grant("projects/" + PROJECT, "roles/bigquery.jobUser", "user:" + address(3));
        world.forgetCalls();

        assertThat(shadows(GoogleBench.resource("bq://" + dataset)))
                .extracting(Shadow::who)
                .contains("user:" + address(1))
                .doesNotContain("user:" + address(2), "user:" + address(3));
        assertThat(world.calls()).noneMatch(SeenCalls::write);
        assertThat(world.calls().stream().collect(Collectors.toMap(SeenCalls::method, SeenCalls::count)))
                .containsEntry("cloudresourcemanager.projects.getIamPolicy", 1L)
                .containsEntry("cloudresourcemanager.folders.getIamPolicy", 1L)
                .containsEntry("cloudresourcemanager.organizations.getIamPolicy", 1L);
    }
}

package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.cloudresourcemanager.v3.CloudResourceManager;
import com.google.api.services.cloudresourcemanager.v3.model.Binding;
import com.google.api.services.cloudresourcemanager.v3.model.GetIamPolicyRequest;
import com.google.api.services.cloudresourcemanager.v3.model.Policy;
import com.google.api.services.cloudresourcemanager.v3.model.SetIamPolicyRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** Resource Manager: v3 with Google's client, v1 on the wire as gcloud calls it. */
class ResourceManagerTest {
    private final LiveWorld world = Google.open();
    private final CloudResourceManager client = new CloudResourceManager.Builder(
                    new NetHttpTransport(), GsonFactory.getDefaultInstance(), null)
            .setRootUrl(world.url() + "/")
            .setApplicationName("test")
            .build();

    @AfterEach
    void close() {
        world.close();
    }

    private Policy set(String etag, String member) throws IOException {
        Policy policy = new Policy()
                .setEtag(etag)
                .setBindings(List.of(new Binding().setRole("roles/viewer").setMembers(List.of(member))));
        return client.projects()
                .setIamPolicy("projects/p1", new SetIamPolicyRequest().setPolicy(policy))
                .execute();
    }

    @Test
    void aStaleEtagIsAborted() throws IOException {
        String fresh = client.projects()
                .getIamPolicy("projects/p1", new GetIamPolicyRequest())
                .execute()
                .getEtag();
        assertThat(fresh).isEqualTo("ACAB");
        Policy first = set(fresh, "user:ada@example.org");
        assertThatThrownBy(() -> set(fresh, "user:bob@example.org"))
                .isInstanceOfSatisfying(GoogleJsonResponseException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(409);
                    assertThat(e.getContent()).contains("ABORTED", "There were concurrent policy changes");
                });
        assertThat(set(first.getEtag(), "user:bob@example.org")
                        .getBindings()
                        .getFirst()
                        .getMembers())
                .containsExactly("user:bob@example.org");
    }

    @Test
    void versionOneAndThreeShowTheSameProjectAndWhatIsAboveIt() throws IOException {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"projects":[{"name":"projects/p1","number":"123456","ancestors":["folders/12","organizations/34"]}]}}""");
        assertThat(client.projects().get("projects/p1").execute().getParent()).isEqualTo("folders/12");
        assertThat(client.projects().get("projects/123456").execute().getProjectId())
                .isEqualTo("p1");
        assertThat(world.json("POST", "/v1/projects/p1:getAncestry", "{}")
                        .path("ancestor")
                        .toString())
                .isEqualTo("[{\"resourceId\":{\"type\":\"project\",\"id\":\"p1\"}},"
                        + "{\"resourceId\":{\"type\":\"folder\",\"id\":\"12\"}},"
                        + "{\"resourceId\":{\"type\":\"organization\",\"id\":\"34\"}}]");
        assertThat(world.json("GET", "/v1/projects/p1", "")
                        .path("projectNumber")
                        .asText())
                .isEqualTo("123456");
    }

    @Test
    void convenienceAndPublicMembersAreForResourcesOnly() {
        assertThatThrownBy(() -> set("ACAB", "allUsers")).hasMessageContaining("400");
        assertThatThrownBy(() -> set("ACAB", "projectViewer:p1")).hasMessageContaining("400");
    }

    @Test
    void auditConfigurationIsOnlyChangedWhenTheMaskSaysSo() {
        String audit =
                "\"auditConfigs\":[{\"service\":\"storage.googleapis.com\",\"auditLogConfigs\":[{\"logType\":\"DATA_READ\"}]}]";
        world.send("POST", "/v3/projects/p1:setIamPolicy", "{\"policy\":{" + audit + "}}");
        assertThat(world.send("POST", "/v3/projects/p1:getIamPolicy", "{}").body())
                .doesNotContain("DATA_READ");
        world.send(
                "POST", "/v3/projects/p1:setIamPolicy", "{\"updateMask\":\"auditConfigs\",\"policy\":{" + audit + "}}");
        world.send("POST", "/v3/projects/p1:setIamPolicy", "{\"policy\":{\"bindings\":[]}}");
        assertThat(world.send("POST", "/v3/projects/p1:getIamPolicy", "{}").body())
                .contains("DATA_READ");
    }
}

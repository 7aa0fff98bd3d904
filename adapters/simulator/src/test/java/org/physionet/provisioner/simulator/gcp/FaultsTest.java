package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.LiveWorld;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;

/** Every kind of scripted fault, on Google's methods and in the words of the API that it strikes (facts/gcp.md 2, row 12). */
class FaultsTest {
    private static final String POLICY =
            "{\"bindings\":[{\"role\":\"roles/storage.objectViewer\",\"members\":[\"user:ada@example.org\"]}]}";

    private final List<Duration> waited = new ArrayList<>();
    private final LiveWorld world = new LiveWorld(
            new Simulator(SimulatorOptions.defaults().withClock(Google.AT_NOON).withPause(waited::add)));

    @BeforeEach
    void world() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"buckets":[{"name":"b","project":"p"}],"datasets":[{"project":"p","id":"d"}],
                  "groups":[{"email":"g@example.org"}]}}""");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void fault(String json) {
        assertThat(world.send("POST", "/_simulator/faults", "[{" + json + "}]").statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> setPolicy() {
        return world.send("PUT", "/storage/v1/b/b/iam", POLICY);
    }

    private boolean adaReads() {
        return Google.canRead(world, "ada@example.org", "gs://b");
    }

    @ParameterizedTest
    @CsvSource({
        "storage.buckets.getIamPolicy,    GET,  /storage/v1/b/b/iam,                                      429, rateLimitExceeded,     ''",
        "storage.buckets.getIamPolicy,    GET,  /storage/v1/b/b/iam,                                      500, backendError,          ''",
        "storage.buckets.getIamPolicy,    GET,  /storage/v1/b/b/iam,                                      503, backendError,          ''",
        "bigquery.datasets.get,           GET,  /bigquery/v2/projects/p/datasets/d,                       403, rateLimitExceeded,     PERMISSION_DENIED",
        "bigquery.datasets.get,           GET,  /bigquery/v2/projects/p/datasets/d,                       500, internalError,         INTERNAL",
        "bigquery.datasets.get,           GET,  /bigquery/v2/projects/p/datasets/d,                       503, backendError,          UNAVAILABLE",
        "directory.members.list,          GET,  /admin/directory/v1/groups/g@example.org/members,         403, quotaExceeded,         ''",
        "directory.members.list,          GET,  /admin/directory/v1/groups/g@example.org/members,         403, userRateLimitExceeded, ''",
        "directory.members.list,          GET,  /admin/directory/v1/groups/g@example.org/members,         503, backendError,          ''",
        "cloudresourcemanager.*.getIamPolicy, POST, /v3/projects/p:getIamPolicy,                          429, '',                    RESOURCE_EXHAUSTED",
        "cloudresourcemanager.*.getIamPolicy, POST, /v3/projects/p:getIamPolicy,                          409, '',                    ABORTED",
        "cloudresourcemanager.*.getIamPolicy, POST, /v3/projects/p:getIamPolicy,                          503, '',                    UNAVAILABLE",
        "cloudidentity.groups.lookup,     GET,  /v1/groups:lookup?groupKey.id=g@example.org,              500, '',                    INTERNAL"
    })
    void aFailureIsInTheFormOfTheApiThatItStrikes(
            String method, String verb, String path, int status, String reason, String grpc) {
        String why = reason.equals("userRateLimitExceeded") ? ",\"reason\":\"" + reason + "\"" : "";
        fault("\"method\":\"" + method + "\",\"status\":" + status + why);
        HttpResponse<String> answer = world.send(verb, path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = Json.parse(answer.body()).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(status);
        assertThat(error.at("/errors/0/reason").asText()).isEqualTo(reason);
        assertThat(error.path("status").asText()).isEqualTo(grpc);
        assertThat(error.at("/errors/0/domain").asText().equals("usageLimits"))
                .isEqualTo(reason.equals("quotaExceeded") || reason.contains("RateLimit"));
        assertThat(world.send(verb, path, "").statusCode()).as("once only").isEqualTo(200);
    }

    @Test
    void aRefusedWriteChangesNothing() {
        fault("\"method\":\"storage.buckets.setIamPolicy\",\"status\":503");
        assertThat(setPolicy().statusCode()).isEqualTo(503);
        assertThat(adaReads()).isFalse();
    }

    @Test
    void anAppliedWriteIsInForceAlthoughItFailed() {
        fault("\"method\":\"storage.buckets.setIamPolicy\",\"status\":503,\"applied\":true");
        assertThat(setPolicy().statusCode()).isEqualTo(503);
        assertThat(adaReads()).isTrue();
    }

    @Test
    void aResetConnectionLeavesOpenWhetherTheWriteWasMade() {
        fault("\"method\":\"storage.buckets.setIamPolicy\",\"reset\":true");
        assertThatThrownBy(this::setPolicy).isInstanceOf(UncheckedIOException.class);
        assertThat(adaReads()).isFalse();
        fault("\"method\":\"storage.buckets.setIamPolicy\",\"reset\":true,\"applied\":true");
        assertThatThrownBy(this::setPolicy).isInstanceOf(UncheckedIOException.class);
        assertThat(adaReads()).isTrue();
    }

    @Test
    void aSlowCallSucceedsLate() {
        fault("\"method\":\"storage.*\",\"delay\":\"PT40S\"");
        assertThat(setPolicy().statusCode()).isEqualTo(200);
        assertThat(waited).contains(Duration.ofSeconds(40));
    }

    @Test
    void aStaleReadAnswersWithTheOldPolicyAndItsOldEtag() {
        String before = world.send("GET", "/storage/v1/b/b/iam", "").body();
        setPolicy();
        fault("\"method\":\"storage.buckets.getIamPolicy\",\"stale\":true");
        assertThat(world.send("GET", "/storage/v1/b/b/iam", "").body()).isEqualTo(before);
        assertThat(world.send("PUT", "/storage/v1/b/b/iam", before).statusCode())
                .as("what is based on it is refused")
                .isEqualTo(412);
        assertThat(world.send("GET", "/storage/v1/b/b/iam", "").body()).contains("ada@example.org");
    }
}

package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.LiveWorld;

/** What Google refuses in a bucket's policy (facts/gcp.md 2), on the wire. */
class BucketPolicyRulesTest {
    private static final String IAM = "/storage/v1/b/b-one/iam";
    private static final String VIEWER = "roles/storage.objectViewer";

    private final LiveWorld world = Google.strict();

    @BeforeEach
    void world() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"accounts":[{"email":"Ada@example.org"},{"email":"j.doe+x@gmail.com","uid":"42"},
                   {"email":"lost@example.org","status":"not-google"},{"email":"asleep@example.org","status":"suspended"},
                   {"email":"bot@p1.iam.gserviceaccount.com"}],
                  "groups":[{"email":"readers@example.org"}],
                  "buckets":[{"name":"b-one","project":"p1"}]}}""");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode binding(String role, String... members) {
        ObjectNode binding = Json.MAPPER.createObjectNode().put("role", role);
        ArrayNode list = binding.putArray("members");
        for (String member : members) {
            list.add(member);
        }
        return binding;
    }

    private HttpResponse<String> set(int version, ObjectNode... bindings) {
        ObjectNode policy = Json.MAPPER.createObjectNode().put("version", version);
        ArrayNode list = policy.putArray("bindings");
        for (ObjectNode binding : bindings) {
            list.add(binding);
        }
        return world.send("PUT", IAM, policy.toString());
    }

    private static ObjectNode lease(String expression, String... members) {
        ObjectNode binding = binding(VIEWER, members);
        binding.putObject("condition").put("title", "t").put("expression", expression);
        return binding;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user:nobody@example.org        | User nobody@example.org does not exist.",
                "user:lost@example.org          | Invalid argument",
                "user:no address                | Invalid argument",
                "user:readers@example.org       | Account readers@example.org is of type \"group\". Please set the type prefix to be \"group:\".",
                "group:ada@example.org          | Please set the type prefix to be \"user:\".",
                "group:others@example.org       | Group others@example.org does not exist.",
                "user:bot@p1.iam.gserviceaccount.com | Please set the type prefix to be \"serviceAccount:\".",
                "serviceAccount:x@p1.iam.gserviceaccount.com | Service account x@p1.iam.gserviceaccount.com does not exist.",
                "banana                         | is of an unknown type",
                "deleted:user:ada@example.org?uid=7 | no deleted account has that uid"
            })
    void oneBadMemberRefusesTheWholePolicy(String member, String message) {
        HttpResponse<String> answer = set(1, binding(VIEWER, "user:ada@example.org", member));
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = Json.parse(answer.body()).path("error");
        assertThat(error.path("message").asText()).contains(message);
        assertThat(error.path("errors").path(0).path("reason").asText()).isEqualTo("invalid");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isFalse();
    }

    @Test
    void duplicatesEmptyBindingsAndUnknownRolesAreRefused() {
        assertThat(set(1, binding(VIEWER, "user:ada@example.org", "user:ADA@example.org"))
                        .body())
                .contains("Duplicate member");
        assertThat(set(1, binding(VIEWER)).body()).contains("has no members");
        assertThat(set(1, binding("roles/storage.objectViewr", "user:ada@example.org"))
                        .body())
                .contains("Role roles/storage.objectViewr is not supported for this resource.");
        assertThat(set(1, binding("roles/viewer", "user:ada@example.org")).statusCode())
                .isEqualTo(400);
        assertThat(set(2, binding(VIEWER, "user:ada@example.org")).statusCode()).isEqualTo(400);
    }

    @Test
    void aPolicyMayComeBackWithDuplicatesThatCanNotBeWrittenBack() {
        world.send("PUT", "/_simulator/state", """
                {"gcp":{"buckets":[{"name":"b-one","project":"p1","iam":{"bindings":[{"role":"roles/storage.objectViewer",
                  "members":["domain:example.org","domain:example.org"]}]}}]}}""");
        String read = world.send("GET", "/storage/v1/b/b-one/iam", "").body();
        assertThat(read).contains("[\"domain:example.org\",\"domain:example.org\"]");
        var refused = world.send("PUT", "/storage/v1/b/b-one/iam", read);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Duplicate member domain:example.org");
    }

    @Test
    void membersComeBackInTheSpellingOfTheirAccount() {
        JsonNode policy = Json.parse(set(1, binding(VIEWER, "user:ADA@EXAMPLE.ORG", "user:jdoe@googlemail.com"))
                .body());
        assertThat(policy.path("bindings").path(0).path("members").toString())
                .isEqualTo("[\"user:Ada@example.org\",\"user:j.doe+x@gmail.com\"]");
        assertThat(Google.canRead(world, "jd.oe@gmail.com", "gs://b-one")).isTrue();
    }

    @Test
    void bindingsOfOneRoleAreMerged() {
        JsonNode policy =
                Json.parse(set(1, binding(VIEWER, "user:ada@example.org"), binding(VIEWER, "group:readers@example.org"))
                        .body());
        assertThat(policy.path("bindings")).hasSize(1);
        assertThat(policy.path("bindings").path(0).path("members")).hasSize(2);
    }

    @Test
    void conditionsNeedATitleVersion3AndAnExpressionThatIsUnderstood() {
        String good = "request.time < timestamp(\"2027-01-01T00:00:00Z\")";
        assertThat(set(1, lease(good, "user:ada@example.org")).body()).contains("version 3");
        assertThat(set(3, lease("request.tyme < timestamp(\"2027-01-01T00:00:00Z\")", "user:ada@example.org"))
                        .body())
                .contains("compilation failed");
        assertThat(set(3, lease(good, "allUsers")).statusCode()).isEqualTo(400);
        assertThat(set(3, lease(good + " && true".repeat(12), "user:ada@example.org"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(set(3, lease(good + " && true".repeat(13), "user:ada@example.org"))
                        .body())
                .contains("13 logical operators");
    }

    @Test
    void aPolicyWithConditionsIsOnlyReplacedBlindlyByVersion1() {
        String good = "request.time < timestamp(\"2027-01-01T00:00:00Z\")";
        String etag = Json.parse(set(3, lease(good, "user:ada@example.org")).body())
                .path("etag")
                .asText();
        String body = "{\"version\":1,\"etag\":\"" + etag + "\",\"bindings\":[]}";
        assertThat(world.send("PUT", IAM, body).statusCode()).isEqualTo(400);
        assertThat(world.send("PUT", IAM, "{\"version\":1,\"bindings\":[]}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyTwentyConditionsForOneRoleAndMember() {
        ObjectNode[] leases = new ObjectNode[21];
        for (int i = 0; i < 21; i++) {
            leases[i] = lease(
                    String.format("request.time < timestamp(\"2027-01-%02dT00:00:00Z\")", i + 1),
                    "user:ada@example.org");
        }
        assertThat(set(3, leases).body()).contains("more than 20 bindings");
        assertThat(set(3, java.util.Arrays.copyOf(leases, 20)).statusCode()).isEqualTo(200);
    }

    @Test
    void principalsAreCountedByOccurrence() {
        try (LiveWorld open = Google.open()) {
            open.send("POST", "/storage/v1/b?project=p1", "{\"name\":\"b-one\"}");
            assertThat(open.send("PUT", IAM, people(751, 750)).body())
                    .contains(
                            "The number of members in the policy (1,501) is larger than the maximum allowed size 1,500.");
            assertThat(open.send("PUT", IAM, people(750, 750)).statusCode()).isEqualTo(200);
            assertThat(open.send("PUT", IAM, people(251, 0).replace("user:", "group:"))
                            .body())
                    .contains("The number of groups in the policy (251)");
        }
    }

    /** The same people in two roles: each occurrence counts. */
    private static String people(int inFirst, int inSecond) {
        ObjectNode policy = Json.MAPPER.createObjectNode();
        ArrayNode bindings = policy.putArray("bindings");
        String[] roles = {VIEWER, "roles/storage.legacyBucketReader"};
        int[] counts = {inFirst, inSecond};
        for (int r = 0; r < 2; r++) {
            String[] members = new String[counts[r]];
            java.util.Arrays.setAll(members, i -> "user:p" + i + "@example.org");
            if (members.length > 0) {
                bindings.add(binding(roles[r], members));
            }
        }
        return policy.toString();
    }

    @Test
    void conditionsNeedUniformAccessAndPublicMembersNoPrevention() {
        world.send(
                "PATCH",
                "/storage/v1/b/b-one",
                "{\"iamConfiguration\":{\"uniformBucketLevelAccess\":{\"enabled\":false},\"publicAccessPrevention\":\"enforced\"}}");
        assertThat(set(3, lease("request.time < timestamp(\"2027-01-01T00:00:00Z\")", "user:ada@example.org"))
                        .body())
                .contains("uniform");
        HttpResponse<String> open = set(1, binding(VIEWER, "allUsers"));
        assertThat(open.statusCode()).isEqualTo(412);
        assertThat(open.body()).contains("public access prevention");
    }

    @Test
    void domainRestrictedSharingRefusesOthersButIsNotRetroactive() {
        set(1, binding(VIEWER, "user:jdoe@gmail.com"));
        ObjectNode state = world.simulator().state();
        state.withObjectProperty("gcp")
                .withObjectProperty("switches")
                .putArray("permittedDomains")
                .add("example.org");
        world.send("PUT", "/_simulator/state", state.toString());
        assertThat(set(1, binding(VIEWER, "user:jdoe@gmail.com", "user:ada@example.org"))
                        .statusCode())
                .isEqualTo(200);
        set(1, binding(VIEWER, "user:ada@example.org"));
        HttpResponse<String> answer = set(1, binding(VIEWER, "user:jdoe@gmail.com"));
        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(answer.body())
                .contains("One or more users named in the policy do not belong to a permitted customer")
                .contains("orgpolicy:projects/p1");
        assertThat(world.send("POST", "/v1/projects/p1:setIamPolicy", """
                {"policy":{"bindings":[{"role":"roles/viewer","members":["user:jdoe@gmail.com"]}]}}""").body())
                .contains("FAILED_PRECONDITION", "\"code\" : 400");
    }

    @Test
    void writeRatesAreEnforcedOnlyWhenQuotasAreOn() {
        assertThat(set(1, binding(VIEWER, "user:ada@example.org")).statusCode()).isEqualTo(200);
        assertThat(set(1, binding(VIEWER, "user:ada@example.org")).statusCode()).isEqualTo(200);
        ObjectNode state = world.simulator().state();
        state.withObjectProperty("gcp").withObjectProperty("switches").put("quotas", true);
        world.send("PUT", "/_simulator/state", state.toString());
        assertThat(set(1, binding(VIEWER, "user:ada@example.org")).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = set(1, binding(VIEWER, "user:ada@example.org"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("rateLimitExceeded");
        world.send("POST", "/_simulator/clock", "{\"advance\":\"PT1S\"}");
        assertThat(set(1, binding(VIEWER, "user:ada@example.org")).statusCode()).isEqualTo(200);
    }

    @Test
    void zippedBodiesAndOverriddenMethodsAreUnderstood() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write("{\"labels\":{\"a\":\"b\"}}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(URI.create(world.url() + "/storage/v1/b/b-one"))
                .header("Content-Encoding", "gzip")
                .header("X-HTTP-Method-Override", "PATCH")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build());
        assertThat(Json.parse(answer.body()).path("labels").path("a").asText()).isEqualTo("b");
        assertThat(world.json("GET", "/_simulator/calls", "").toString()).contains("storage.buckets.patch");
    }

    @Test
    void whatIsNotSimulatedSaysSo() {
        HttpResponse<String> answer = world.send("GET", "/storage/v1/b/b-one/notificationConfigs", "");
        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("not simulated", "CONFORMANCE.md");
    }
}

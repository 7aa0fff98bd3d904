package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.BUCKET;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.DATASET;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.dataset;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.policy;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.viewers;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Outcome.Applied;
import org.physionet.provisioner.engine.adapter.Outcome.Conflict;
import org.physionet.provisioner.engine.adapter.Outcome.Denied;
import org.physionet.provisioner.engine.adapter.Outcome.Rejected;
import org.physionet.provisioner.engine.adapter.Outcome.Throttled;

/** The rows of facts/gcp.md 2 that concern buckets and datasets, each answer as Google gives it, through the real clients. */
class FailureSemanticsTest {
    private final GoogleBench bench = new GoogleBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void row1_aStaleEtagOnABucketIsAConflict() {
        bench.google
                .then(200, policy("CAE="))
                .thenError(
                        412, "conditionNotMet", "At least one of the pre-conditions you" + " specified did not hold.");

        assertThat(bench.change(BUCKET, "ada@example.org")).isInstanceOf(Conflict.class);
        assertThat(bench.google.requests()).hasSize(2);
        assertThat(bench.google.requests().get(1).body()).contains("\"etag\":\"CAE=\"");
    }

    @Test
    void row2_a409IsAConflictToo() {
        bench.google
                .then(200, policy("CAE="))
                .thenError(
                        409,
                        "aborted",
                        "There were concurrent policy changes. Please retry the whole read-modify-write with"
                                + " exponential backoff.");

        assertThat(bench.change(BUCKET, "ada@example.org")).isInstanceOf(Conflict.class);
    }

    @Test
    void row3_aDatasetIsWrittenWithIfMatchAndAStaleOneIsAConflict() {
        bench.google.then(200, dataset("e-1==")).thenError(412, "conditionNotMet", "Precondition Failed");

        assertThat(bench.change(DATASET, "ada@example.org")).isInstanceOf(Conflict.class);
        ScriptedGoogle.Seen patch = bench.google.requests().get(1);
        assertThat(patch.headers()).containsEntry("if-match", "e-1==");
        assertThat(patch.target()).contains("accessPolicyVersion=3").contains("updateMode=UPDATE_ACL");
        assertThat(patch.body()).isEqualTo("{\"access\":[{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"}]}");
    }

    @Test
    void row4_aConflictAfterALostAnswerIsFoundToBeOurOwnSuccessByReadingAgain() {
        bench.google.then(200, policy("CAE=")).then(503, "").then(200, policy("CAI=", viewers("user:ada@example.org")));

        assertThat(bench.change(BUCKET, "ada@example.org")).isInstanceOf(Outcome.Unknown.class);
        assertThat(bench.observe(BUCKET).owned()).containsOnlyKeys(person("ada@example.org"));
        assertThat(bench.google.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://b-1", "bq://p1-x.ds"})
    void row5_anAnswerWithoutEtagIsNeverWrittenOn(String id) {
        bench.google.then(200, "{\"bindings\":[],\"access\":[]}");

        assertThat(bench.failure(GoogleBench.resource(id))).isInstanceOf(Outcome.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User Ada@example.org does not exist.",
                "Account ada@example.org is of type \\\"group\\\". Please set the type prefix to be \\\"group:\\\".",
                "The member user:ada@example.org is of an unknown type."
            })
    void row6_aBadMemberWhoIsNamedIsTheCulprit(String message) {
        bench.google
                .then(200, policy("CAE="))
                .then(400, ScriptedGoogle.error(400, "invalid", "X").replace("X", message));

        assertThat(bench.change(BUCKET, "ada@example.org", "bob@example.org"))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.culprits()).containsExactly(person("ada@example.org")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://b-1", "bq://p1-x.ds"})
    void row6_whenNobodyIsNamedTheRefusalNamesNobody(String id) {
        String document = id.startsWith("gs") ? policy("CAE=") : dataset("CAE=");
        bench.google.then(200, document).thenError(400, "invalid", "Invalid argument.");

        assertThat(bench.change(GoogleBench.resource(id), "ada@example.org", "bob@example.org"))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.culprits()).isEqualTo(new TreeSet<>());
                    assertThat(rejected.reason()).contains("Invalid argument.");
                });
    }

    @Test
    void row7_aForeignMemberThatWentBadMeanwhileAsksForANewReadAndBlamesNobody() {
        bench.google
                .then(200, policy("CAE=", viewers("serviceAccount:s@p.iam.gserviceaccount.com")))
                .thenError(400, "invalid", "Service account s@p.iam.gserviceaccount.com does not exist.");

        assertThat(bench.change(BUCKET, "ada@example.org")).isInstanceOf(Conflict.class);
    }

    @Test
    void row8_aDeletedAccountIsSeenAsDeadAndTakenOut() {
        bench.google
                .then(200, policy("CAE=", viewers("deleted:user:ada@example.org?uid=123", "user:bob@example.org")))
                .then(200, policy("CAI=", viewers("user:bob@example.org")));

        assertThat(bench.change(BUCKET, "bob@example.org")).isEqualTo(new Applied());
        assertThat(bench.google.requests().get(1).body()).doesNotContain("deleted:");
    }

    @Test
    void row9_duplicatesAndEmptyBindingsAreNotSentBack() {
        bench.google
                .then(
                        200,
                        policy(
                                "CAE=",
                                "{\"role\":\"roles/empty\"}",
                                "{\"role\":\"roles/x\",\"members\":[\"group:g@example.org\",\"group:g@example.org\"]}"))
                .then(200, policy("CAI="));

        assertThat(bench.change(BUCKET, "ada@example.org")).isEqualTo(new Applied());
        assertThat(bench.google.requests().get(1).body())
                .contains("\"members\":[\"group:g@example.org\"]")
                .doesNotContain("roles/empty");
    }

    @Test
    void row10_theLimitReachedBySomebodyElseMeanwhileIsDeniedAndBlamesNobody() {
        bench.google
                .then(200, policy("CAE="))
                .thenError(
                        400,
                        "invalidArgument",
                        "The number of members in the policy (1,503) is larger than the maximum allowed size 1,500.");

        assertThat(bench.change(BUCKET, "ada@example.org")).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 412})
    void row11_domainRestrictedSharingIsDeniedAndSaysWhoCanChangeIt(int status) {
        bench.google
                .then(200, policy("CAE="))
                .thenError(
                        status,
                        "failedPrecondition",
                        "One or more users named in the policy do not belong to a permitted customer.");

        assertThat(bench.change(BUCKET, "ada@example.org"))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).contains("iam.allowedPolicyMemberDomains"));
    }

    @ParameterizedTest
    @CsvSource({"429, rateLimitExceeded", "403, rateLimitExceeded", "403, userRateLimitExceeded", "403, quotaExceeded"})
    void row12_tooFastIsToldByItsReasonNotByItsStatus(int status, String reason) {
        bench.google
                .then(200, dataset("CAE="))
                .thenError(status, reason, "Exceeded rate limits: too many dataset updates.");

        assertThat(bench.change(DATASET, "ada@example.org"))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until()).isNull());
    }

    @Test
    void row12_theProvidersWordOnWhenToComeBackIsKept() {
        bench.google
                .then(200, policy("CAE="))
                .then(429, ScriptedGoogle.error(429, "rateLimitExceeded", "slow down"), Map.of("Retry-After", "17"));

        assertThat(bench.change(BUCKET, "ada@example.org"))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until()).isEqualTo(GoogleBench.NOW.plusSeconds(17)));

        bench.google.then(
                429,
                ScriptedGoogle.error(429, "rateLimitExceeded", "slow down"),
                Map.of("Retry-After", "Fri, 01 Jan 2027 00:01:00 GMT"));
        assertThat(bench.failure(BUCKET))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.until()).isEqualTo(Instant.parse("2027-01-01T00:01:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://b-1", "bq://p1-x.ds"})
    void row12_a403OfAnyOtherReasonIsDenied(String id) {
        String document = id.startsWith("gs") ? policy("CAE=") : dataset("CAE=");
        bench.google
                .then(200, document)
                .thenError(403, "forbidden", "s@p.iam.gserviceaccount.com does not have setIamPolicy access.");

        assertThat(bench.change(GoogleBench.resource(id), "ada@example.org")).isInstanceOf(Denied.class);
    }

    @Test
    void row20_accessIsNotSaidToBeginOrEndAtOnce() {
        assertThat(bench.adapter.capabilities().grantVisible()).isPositive();
        assertThat(bench.adapter.capabilities().revokeVisible()).isPositive();
        assertThat(bench.adapter.howTo(BUCKET, person("ada@example.org"), null))
                .anySatisfy(line -> assertThat(line).contains("2 minutes"));
    }

    @Test
    void row21_theVerifiedSpellingIsWrittenAndGooglesOwnIsRecognised() {
        bench.google
                .then(200, policy("CAE="))
                .then(200, policy("CAI="))
                .then(200, policy("CAI=", viewers("user:a.lovelace@gmail.com")));

        assertThat(bench.change(BUCKET, "A.Lovelace@googlemail.com")).isEqualTo(new Applied());
        assertThat(bench.google.requests().get(1).body()).contains("user:A.Lovelace@googlemail.com");
        assertThat(bench.observe(BUCKET).owned()).containsOnlyKeys(person("A.Lovelace@googlemail.com"));
    }

    @Test
    void row22_aRefusalOfAnAccountThatIsInThePolicyIsExplainedToItsOwner() {
        assertThat(bench.adapter.diagnose(
                        "ada@example.org does not have storage.objects.list access to the Google Cloud"
                                + " Storage bucket."))
                .hasValueSatisfying(advice -> assertThat(advice).contains("linked to your profile"));
    }
}

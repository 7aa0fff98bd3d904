package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** Provider error codes become outcomes, through the real SDK (facts/aws.md A2.1, A2.4). */
class ErrorTableTest {
    private static final String USER = "AIDA00000000000000001";
    private static final String ROLE = "AROA00000000000000001";

    private final ScriptedAws aws = new ScriptedAws();
    private final Adapter adapter = aws.adapter();
    private final Resource resource = ScriptedAws.resource("data-bucket/mimiciv/3.1/");

    @AfterEach
    void close() {
        adapter.close();
        aws.close();
    }

    @ParameterizedTest(name = "{0} {1}: a write is {2}, a read {3}")
    @CsvSource({
        "503, SlowDown, Throttled, Throttled",
        "429, TooManyRequestsException, Throttled, Throttled",
        "400, Throttling, Throttled, Throttled",
        "409, OperationAborted, Conflict, Unavailable",
        "500, InternalError, Unknown, Unavailable",
        "503, ServiceUnavailable, Unknown, Unavailable",
        "502, '', Unknown, Unavailable",
        "400, RequestTimeout, Unavailable, Unavailable",
        "403, AccessDenied, Denied, Denied",
        "403, InvalidAccessKeyId, Denied, Denied",
        "403, SignatureDoesNotMatch, Denied, Denied",
        "400, ExpiredToken, Denied, Denied",
        "404, NoSuchBucket, Denied, Denied",
        "301, PermanentRedirect, Denied, Denied",
        "400, InvalidRequest, Denied, Denied",
        "409, InvalidBucketState, Conflict, Denied",
    })
    void codeBecomesOneOutcomeAndIsTriedOnce(int status, String code, String write, String read) {
        aws.error(status, code, "As scripted");
        assertThat(grant(USER).getClass().getSimpleName()).isEqualTo(write);
        assertThat(aws.requests).hasSize(1);

        aws.error(status, code, "As scripted");
        assertThat(notSeen().getClass().getSimpleName()).isEqualTo(read);
        assertThat(aws.requests).hasSize(2);
    }

    @Test
    void lostConnectionLeavesAWriteUnknownAndAReadUnavailable() {
        aws.answer(0, "");
        assertThat(grant(USER)).isInstanceOf(Outcome.Unknown.class);
        aws.answer(0, "");
        assertThat(notSeen()).isInstanceOf(Outcome.Unavailable.class);
        assertThat(aws.calls)
                .containsExactly(
                        "s3control.PutAccessPointPolicy true no-answer", "s3control.ListAccessPoints false no-answer");
    }

    @Test
    void writeThatCouldNotBeSentIsUnavailable() {
        try (Adapter nowhere = aws.adapter(Map.of("endpoint", "http://127.0.0.1:1"))) {
            assertThat(nowhere.write(resource, write(nowhere, USER))).isInstanceOf(Outcome.Unavailable.class);
        }
    }

    @Test
    void unreadableAnswerToAReadIsUnavailable() {
        aws.answer(200, "<not xml");
        assertThat(notSeen()).isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void retryAfterIsKept() {
        aws.answer(new ScriptedAws.Answer(
                503, ScriptedAws.body("SlowDown", "Reduce your request rate", ""), Map.of("Retry-After", "30")));
        assertThat(grant(USER))
                .isInstanceOfSatisfying(
                        Outcome.Throttled.class, t -> assertThat(t.until()).isEqualTo(ScriptedAws.NOW.plusSeconds(30)));
    }

    @Test
    void detailNamesTheCulprit() {
        aws.answer(400, malformed("<Detail>&quot;AWS&quot; : &quot;" + ROLE + "&quot;</Detail>"));
        assertThat(grant(ROLE)).isInstanceOfSatisfying(Outcome.Rejected.class, r -> {
            assertThat(r.culprits()).extracting(Principal::text).containsExactly(ROLE);
            assertThat(r.reason()).contains("Invalid principal in policy");
        });
    }

    @Test
    void withoutDetailNobodyIsNamed() {
        aws.answer(400, malformed(""));
        assertThat(grant(ROLE))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, r -> assertThat(r.culprits()).isEmpty());
    }

    @Test
    void policyThatNamesNobodyQuarantinesNobody() {
        aws.answer(400, malformed(""));
        assertThat(grant(USER)).isInstanceOf(Outcome.Denied.class);
        aws.error(400, "MalformedPolicy", "Policy exceeds the maximum allowed document size.");
        assertThat(grant(ROLE)).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void strangersPrincipalInAForeignStatementQuarantinesNobody() {
        aws.answer(400, malformed("<Detail>\"AWS\" : \"AIDASOMEBODYELSE00001\"</Detail>"));
        assertThat(grant(ROLE))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        d -> assertThat(d.reason())
                                .contains("AIDASOMEBODYELSE00001")
                                .contains("foreign statement"));
    }

    @Test
    void vanishedAccessPointIsReadAgain() {
        aws.error(404, "NoSuchAccessPoint", "The specified accesspoint does not exist");
        assertThat(grant(USER)).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void refusalOfAPublicPolicySaysSo() {
        aws.error(
                403,
                "AccessDenied",
                "public policies are blocked by the BlockPublicPolicy block public access setting");
        assertThat(grant(USER))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class, d -> assertThat(d.reason()).contains("AWS calls the policy public"));
    }

    private Outcome grant(String id) {
        return adapter.write(resource, write(adapter, id));
    }

    /** A change of an existing shard: one call. */
    private Write write(Adapter through, String id) {
        var layout = org.physionet.provisioner.adapters.aws.accesspoints.AccessPointLayout.of(
                S3Location.of(resource.id()),
                "us-east-1",
                ScriptedAws.ACCOUNT,
                "pn",
                org.physionet.provisioner.adapters.aws.accesspoints.Form.KEEP,
                new OptIns(true, true),
                true);
        var shard = org.physionet.provisioner.adapters.aws.accesspoints.Shard.empty(
                layout.names().name(1));
        SortedMap<String, org.physionet.provisioner.adapters.aws.accesspoints.Shard> shards = new TreeMap<>();
        shards.put(shard.name(), shard);
        Observation seen = new Observation(
                resource.id(),
                ScriptedAws.NOW,
                new TreeMap<>(),
                List.of(),
                true,
                new java.util.TreeSet<>(shards.keySet()),
                Map.of(),
                new org.physionet.provisioner.adapters.aws.accesspoints.Shards(shards));
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        edges.put(AwsIdentityKind.of(id), new Target.Edge(AwsIdentityKind.of(id), null, null));
        return through.render(resource, seen, new Target(edges), Places.UNKNOWN)
                .writes()
                .getFirst();
    }

    private Outcome.Failure notSeen() {
        return switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.NotSeen(Outcome.Failure why) -> why;
            case Observed.Seen seen -> throw new AssertionError("seen: " + seen);
        };
    }

    private static String malformed(String detail) {
        return ScriptedAws.body("MalformedPolicy", "Invalid principal in policy", detail);
    }
}

package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.accesspoints.ShardWrite;
import org.physionet.provisioner.adapters.aws.accesspoints.Shards;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** What is sent for one shard, in which order, and what stays if a step fails. */
class ShardWriteSequenceTest {
    private static final String USER = "AIDA00000000000000001";
    private static final String CREATED =
            "<CreateAccessPointResult><AccessPointArn>arn</AccessPointArn></CreateAccessPointResult>";
    private static final String PRIVATE = "<GetAccessPointPolicyStatusResult><PolicyStatus><IsPublic>false</IsPublic>"
            + "</PolicyStatus></GetAccessPointPolicyStatusResult>";

    private final ScriptedAws aws = new ScriptedAws();
    private final Adapter adapter = aws.adapter();
    private final Resource resource = ScriptedAws.resource("data-bucket/mimiciv/3.1/");

    @AfterEach
    void close() {
        adapter.close();
        aws.close();
    }

    @Test
    void newShardIsMadeBlockedThenFilledThenProvenPrivate() {
        aws.answer(200, CREATED).answer(200, "").answer(200, PRIVATE);
        Write write = newShard(adapter);

        assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Applied.class);
        assertThat(aws.calls)
                .containsExactly(
                        "s3control.CreateAccessPoint true 200",
                        "s3control.PutAccessPointPolicy true 200",
                        "s3control.GetAccessPointPolicyStatus false 200");
        assertThat(aws.bodies.getFirst())
                .contains("<Bucket>data-bucket</Bucket>")
                .contains("<BlockPublicAcls>true</BlockPublicAcls>")
                .contains("<IgnorePublicAcls>true</IgnorePublicAcls>")
                .contains("<BlockPublicPolicy>true</BlockPublicPolicy>")
                .contains("<RestrictPublicBuckets>true</RestrictPublicBuckets>");
        assertThat(aws.bodies.get(1)).contains(USER);
        assertThat(write.calls()).isEqualTo(counted());
    }

    @Test
    void policyThatAwsCallsPublicIsTakenAwayAtOnce() {
        aws.answer(200, CREATED)
                .answer(200, "")
                .answer(200, PRIVATE.replace("false", "true"))
                .answer(204, "");

        assertThat(adapter.write(resource, newShard(adapter)))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class, d -> assertThat(d.reason()).contains("public"));
        assertThat(aws.requests.getLast()).startsWith("DELETE ").contains("/policy");
    }

    @Test
    void existingPolicyComesBackWhenAwsCallsTheNewOnePublic() {
        Policy before = Policy.parse("{\"Version\":\"2012-10-17\",\"Statement\":[]}");
        Policy after = Policy.parse("{\"Version\":\"2012-10-17\",\"Id\":\"new\",\"Statement\":[]}");
        aws.answer(200, "").answer(200, PRIVATE.replace("false", "true")).answer(200, "");
        Write write = new Write(
                "pn-x-01",
                new TreeSet<>(),
                new TreeSet<>(),
                Map.of(),
                0,
                new ShardWrite("pn-x-01", false, after, before, new TreeMap<>(), false));

        assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Denied.class);
        assertThat(aws.requests.getLast()).startsWith("PUT ");
        assertThat(aws.bodies.getFirst()).contains("new");
        assertThat(aws.bodies.getLast()).doesNotContain("new").contains("2012-10-17");
    }

    @Test
    void publicPolicyThatCouldNotBeTakenAwayIsNotCalledDenied() {
        aws.answer(200, CREATED)
                .answer(200, "")
                .answer(200, PRIVATE.replace("false", "true"))
                .error(503, "SlowDown", "");

        assertThat(adapter.write(resource, newShard(adapter))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void unansweredQuestionAfterAWriteLeavesItUnknown() {
        aws.answer(200, CREATED).answer(200, "").error(500, "InternalError", "");
        assertThat(adapter.write(resource, newShard(adapter))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void motoIsNotAskedWhatItAnswersWrongly() {
        try (Adapter moto = aws.adapter(Map.of("emulator", "moto"))) {
            aws.answer(200, CREATED).answer(200, "");
            Write write = newShard(moto);
            assertThat(moto.write(resource, write)).isInstanceOf(Outcome.Applied.class);
            assertThat(write.calls()).isEqualTo(counted()).hasSize(2);
        }
    }

    @Test
    void accessPointOfAnEarlierTryIsFilledIfItLetsNobodyIn() {
        aws.error(409, "AccessPointAlreadyOwnedByYou", "")
                .answer(200, "<GetAccessPointResult><Bucket>data-bucket</Bucket></GetAccessPointResult>")
                .error(404, "NoSuchAccessPointPolicy", "")
                .answer(200, "")
                .answer(200, PRIVATE);

        assertThat(adapter.write(resource, newShard(adapter))).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void accessPointOfAnEarlierTryWithAPolicyIsReadFirst() {
        aws.error(409, "AccessPointAlreadyOwnedByYou", "")
                .answer(200, "<GetAccessPointResult><Bucket>data-bucket</Bucket></GetAccessPointResult>")
                .answer(200, "<GetAccessPointPolicyResult><Policy>{}</Policy></GetAccessPointPolicyResult>");

        assertThat(adapter.write(resource, newShard(adapter))).isInstanceOf(Outcome.Conflict.class);
        assertThat(aws.requests).noneMatch(r -> r.startsWith("PUT") && r.contains("/policy"));
    }

    @Test
    void accessPointOfAnotherBucketIsNeverWritten() {
        aws.error(409, "AccessPointAlreadyOwnedByYou", "")
                .answer(200, "<GetAccessPointResult><Bucket>other</Bucket></GetAccessPointResult>");

        assertThat(adapter.write(resource, newShard(adapter)))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class, d -> assertThat(d.reason()).contains("bucket other"));
        assertThat(aws.requests).hasSize(2);
    }

    @Test
    void failedCreationWritesNoPolicy() {
        aws.error(500, "InternalError", "");
        assertThat(adapter.write(resource, newShard(adapter))).isInstanceOf(Outcome.Unknown.class);
        assertThat(aws.requests).hasSize(1);
    }

    @Test
    void publicPolicyIsRefusedBeforeAnyCall() {
        Policy open = Policy.parse(
                "{\"Statement\":[{\"Sid\":\"x\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"}]}");
        assertThat(adapter.write(resource, write(open, false)))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class, d -> assertThat(d.reason()).contains("\"Sid\":\"x\""));
        assertThat(aws.requests).isEmpty();
    }

    @Test
    void shuttingOutWorksBesideAnOpenStatementOfSomebodyElse() {
        Policy open = Policy.parse(
                "{\"Statement\":[{\"Sid\":\"x\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"}]}");
        aws.answer(200, "");
        assertThat(adapter.write(resource, write(open, true))).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void openStatementOfOurOwnIsRefusedAlways() {
        Policy open = Policy.parse(
                "{\"Statement\":[{\"Sid\":\"ProvisionerRead\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"}]}");
        assertThat(adapter.write(resource, write(open, true))).isInstanceOf(Outcome.Denied.class);
        assertThat(aws.requests).isEmpty();
    }

    @Test
    void policyOverTheLimitIsNeverSent() {
        Policy big = Policy.parse(
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\""
                        + "x".repeat(20_480) + "\"}]}");
        assertThat(adapter.write(resource, write(big, true)))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class, d -> assertThat(d.reason()).contains("20480"));
        assertThat(aws.requests).isEmpty();
    }

    @Test
    void deletingAPolicyThatIsGoneIsAlreadySo() {
        aws.error(404, "NoSuchAccessPointPolicy", "");
        assertThat(adapter.write(resource, write(null, true))).isInstanceOf(Outcome.AlreadySo.class);
    }

    private Map<String, Integer> counted() {
        Map<String, Integer> counts = new TreeMap<>();
        aws.calls.forEach(call -> counts.merge(call.substring(0, call.indexOf(' ')), 1, Integer::sum));
        return counts;
    }

    private static Write write(Policy policy, boolean onlyRevokes) {
        return new Write(
                "pn-x-01",
                new TreeSet<>(),
                new TreeSet<>(),
                Map.of(),
                0,
                new ShardWrite("pn-x-01", false, policy, null, new TreeMap<>(), onlyRevokes));
    }

    private Write newShard(Adapter through) {
        Observation nothing = new Observation(
                resource.id(),
                ScriptedAws.NOW,
                new TreeMap<>(),
                List.of(),
                false,
                new TreeSet<>(),
                Map.of(),
                new Shards(new TreeMap<>()));
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        edges.put(AwsIdentityKind.of(USER), new Target.Edge(AwsIdentityKind.of(USER), null, null));
        return through.render(resource, nothing, new Target(edges), Places.UNKNOWN)
                .writes()
                .getFirst();
    }
}

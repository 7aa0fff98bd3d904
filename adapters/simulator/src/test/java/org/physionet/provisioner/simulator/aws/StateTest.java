package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.SimulatedClock;
import org.physionet.provisioner.simulator.World;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;

class StateTest {
    private static final String ADA = "AIDAADAADAADAADAADAAD";
    private final AwsWorld world = AwsWorld.open();

    @AfterEach
    void close() {
        world.close();
    }

    private ObjectNode dump() {
        return (ObjectNode) world.live().simulator().state().get("aws");
    }

    @Test
    void whatIsDumpedAndLoadedIsTheSameWorldAndDumpsTheSame() {
        world.with("{\"delays\":{\"propagation\":\"PT1M\",\"principal\":\"PT0S\"}}")
                .withDelegatingBucket("a.csv");
        world.s3()
                .putObject(
                        b -> b.bucket(AwsWorld.BUCKET).key("binary").contentType("x/y"),
                        RequestBody.fromBytes(new byte[] {(byte) 0xff, 0, 1}));
        var iam = world.iam(AwsWorld.ADMINISTRATOR);
        iam.createUser(b -> b.userName("ada").path("/lab/"));
        iam.createAccessKey(b -> b.userName("ada"));
        iam.putUserPolicy(
                b -> b.userName("ada")
                        .policyName("p")
                        .policyDocument(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"));
        iam.createRole(
                b -> b.roleName("r")
                        .assumeRolePolicyDocument(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:AssumeRole\"}]}"));
        world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.principals("shard-01", "", ADA, "arn:aws:iam::444455556666:user/eve"));
        world.advance(Duration.ofSeconds(30));
        world.putPolicy("shard-01", AwsWorld.principals("shard-01", "", ADA));
        ObjectNode before = dump();
        assertThat(before.at("/accounts/111122223333/accessPoints/0/policyChanges"))
                .hasSize(3);

        world.live().simulator().load(world.live().simulator().state());

        assertThat(dump()).isEqualTo(before);
        assertThat(world.canRead(ADA, "s3://data-one/a.csv").allowed()).isFalse();
        world.advance(Duration.ofMinutes(2));
        assertThat(world.canRead(ADA, "s3://data-one/a.csv").allowed()).isTrue();
    }

    @Test
    void policiesTakeEffectAfterTheDelayThoughTheyAreReadBackAtOnce() {
        world.with("""
                {"delays":{"propagation":"PT1M"},
                 "accounts":{"444455556666":{"users":[{"arn":"arn:aws:iam::444455556666:user/ada","id":"AIDAADAADAADAADAADAAD"}]},
                   "111122223333":{"accessPoints":[{"name":"shard-01","bucket":"data-one","policy":%s}]}},
                 "buckets":[{"name":"data-one","policy":%s,"objects":[{"key":"a.csv","text":"x"}]}]}""".formatted(AwsWorld.shard("shard-01", "", ADA), AwsWorld.delegation(AwsWorld.BUCKET)));
        assertThat(world.canRead(ADA, "s3://data-one/").allowed()).isTrue();

        world.control()
                .deleteAccessPointPolicy(b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01"));

        assertThat(world.canRead(ADA, "s3://data-one/").allowed()).isTrue();
        world.advance(Duration.ofSeconds(61));
        assertThat(world.canRead(ADA, "s3://data-one/").allowed()).isFalse();
    }

    @Test
    void resetLeavesAnEmptyWorldAndTheAdministrator() {
        world.withDelegatingBucket("a.csv");
        world.live().simulator().reset();
        assertThat(world.s3().listBuckets().buckets()).isEmpty();
        assertThat(world.sts(AwsBasicCredentials.create("test", "test"))
                        .getCallerIdentity()
                        .account())
                .isEqualTo(AwsWorld.ACCOUNT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"bucket\":[]}|aws.bucket: unknown field",
                "{\"buckets\":[{\"name\":7}]}|aws.buckets[0].name: expected a text",
                "{\"buckets\":[{\"name\":\"a\",\"objects\":[{\"key\":\"k\",\"txt\":\"\"}]}]}|aws.buckets[0].objects[0].txt: unknown field",
                "{\"accounts\":{\"12\":{}}}|aws.accounts.12: expected an account of 12 digits",
                "{\"accounts\":{\"444455556666\":{\"users\":[{\"arn\":\"arn:aws:iam::1:user/a\"}]}}}|aws.accounts.444455556666.users[0].arn: expected arn:aws:iam::444455556666:user/",
                "{\"accounts\":{\"444455556666\":{\"accessPoints\":[{\"name\":\"ap1\",\"bucket\":\"none\"}]}}}|accessPoints[0].bucket: expected the name of a bucket",
                "{\"delays\":{\"propagation\":\"soon\"}}|aws.delays.propagation: expected a duration",
                "{\"buckets\":[{\"name\":\"a\",\"policy\":{\"Statement\":[]}}]}|aws.buckets[0].policy: expected a resource policy"
            })
    void aStateThatIsNotUnderstoodNamesTheFieldAndChangesNothing(String state, String message) {
        world.withDelegatingBucket("a.csv");
        ObjectNode before = dump();

        assertThatThrownBy(() -> world.with(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void aRequestSignedByAClockMoreThanFifteenMinutesOffIsRefused() {
        for (int minutes : new int[] {-16, -14, 14, 16}) {
            Instant machine = Instant.now().plus(Duration.ofMinutes(minutes));
            World shared = new World(
                    new SimulatedClock(InstantSource.system()), new Random(1), World.Accounts.OPEN, AwsWorld.ACCOUNT);
            AwsCloud cloud = new AwsCloud(shared, InstantSource.fixed(machine));
            var request = SignedRequests.get("s3", "/", "127.0.0.1");
            String body = new String(
                    cloud.recognise(request).orElseThrow().perform().body(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(body.contains("RequestTimeTooSkewed"))
                    .as(minutes + " minutes")
                    .isEqualTo(Math.abs(minutes) > 15);
        }
    }

    @Test
    void aCallRecognisedBeforeAStateIsLoadedWorksOnTheLoadedOne() {
        World shared = new World(
                new SimulatedClock(InstantSource.system()), new Random(1), World.Accounts.OPEN, AwsWorld.ACCOUNT);
        AwsCloud cloud = new AwsCloud(shared);
        var call = cloud.recognise(SignedRequests.get("s3", "/", "127.0.0.1")).orElseThrow();

        cloud.load((ObjectNode) Json.parse("{\"buckets\":[{\"name\":\"late\"}]}"));

        assertThat(new String(call.perform().body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("<Name>late</Name>");
    }

    @Test
    void theStateIsReadableJson() {
        world.with("{}").withDelegatingBucket("a.csv");
        assertThat(Json.parse(dump().toString()).at("/buckets/0/objects/0/text").asText())
                .isEqualTo("content of a.csv");
    }
}

package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** Every kind of injected fault on AWS's methods, as Amazon's client sees it without retries (facts/aws.md A2.4). */
class FaultsTest {
    private static final String ADA = "AIDAADAADAADAADAADAAD";
    private static final String BOB = "AIDABOBBOBBOBBOBBOBBO";

    private final AwsWorld world = AwsWorld.open().withDelegatingBucket("a.csv");
    private final S3ControlClient client = S3ControlClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsWorld.ADMINISTRATOR))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .endpointProvider(_ -> java.util.concurrent.CompletableFuture.completedFuture(
                    Endpoint.builder().url(world.url()).build()))
            .build();

    @BeforeEach
    void shard() {
        world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "", ADA));
    }

    @AfterEach
    void close() {
        client.close();
        world.close();
    }

    private void inject(String faults) {
        assertThat(world.live().send("POST", "/_simulator/faults", faults).statusCode())
                .isEqualTo(200);
    }

    private void put(String id) {
        client.putAccessPointPolicy(
                b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01").policy(AwsWorld.shard("shard-01", "", id)));
    }

    private String get() {
        return client.getAccessPointPolicy(b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01"))
                .policy();
    }

    private boolean reads(String id) {
        return world.canRead(id, "s3://data-one/a.csv").allowed();
    }

    @ParameterizedTest(name = "{0} {1} is {2}, throttling: {3}")
    @CsvSource({
        "503, '', SlowDown, true",
        "429, '', TooManyRequestsException, true",
        "400, '', Throttling, true",
        "500, '', InternalError, false",
        "503, ServiceUnavailable, ServiceUnavailable, false",
        "409, OperationAborted, OperationAborted, false",
        "403, '', AccessDenied, false"
    })
    void aRefusedCallHasAwssCodeAndChangesNothing(int status, String reason, String code, boolean throttling) {
        inject("[{\"method\":\"s3control.PutAccessPointPolicy\",\"status\":%d,\"reason\":\"%s\"}]"
                .formatted(status, reason));

        S3ControlException e = AwsWorld.refusal(S3ControlException.class, _ -> put(BOB));

        assertThat(e.statusCode()).isEqualTo(status);
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(e.isThrottlingException()).isEqualTo(throttling);
        assertThat(reads(BOB)).isFalse();
        put(BOB);
        assertThat(reads(BOB)).as("the fault struck once").isTrue();
    }

    @Test
    void anAnswerCanBeLostAfterTheChangeWasMadeOrWithoutIt() {
        inject("[{\"method\":\"s3control.PutAccessPointPolicy\",\"reset\":true,\"applied\":true}]");
        assertThat(AwsWorld.refusal(SdkClientException.class, _ -> put(BOB))).isNotNull();
        assertThat(reads(BOB)).isTrue();

        inject("[{\"method\":\"s3control.PutAccessPointPolicy\",\"reset\":true}]");
        assertThat(AwsWorld.refusal(SdkClientException.class, _ -> put(ADA))).isNotNull();
        assertThat(reads(ADA)).isFalse();

        inject("[{\"method\":\"s3control.PutAccessPointPolicy\",\"status\":500,\"applied\":true}]");
        assertThat(AwsWorld.refusal(S3ControlException.class, _ -> put(ADA)).statusCode())
                .isEqualTo(500);
        assertThat(reads(ADA)).as("500, and yet done").isTrue();
    }

    @Test
    void aReadCanBeOldOnce() {
        assertThat(get()).contains(ADA);
        put(BOB);
        inject("[{\"method\":\"s3control.GetAccessPointPolicy\",\"stale\":true}]");
        assertThat(get()).contains(ADA).doesNotContain(BOB);
        assertThat(get()).contains(BOB);
    }

    @Test
    void aPatternStrikesTheMethodsOfAServiceSoManyTimes() {
        inject("[{\"method\":\"s3control.*\",\"status\":503,\"count\":2}]");
        assertThat(AwsWorld.refusal(S3ControlException.class, _ -> get()).statusCode())
                .isEqualTo(503);
        assertThat(world.s3().listBuckets().buckets()).hasSize(1);
        assertThat(AwsWorld.refusal(S3ControlException.class, _ -> put(BOB)).statusCode())
                .isEqualTo(503);
        assertThat(get()).contains(ADA);
    }

    @Test
    void aCallCanBeSlowAndStillSucceed() {
        inject("[{\"method\":\"s3control.GetAccessPointPolicy\",\"delay\":\"PT0.05S\"}]");
        long start = System.nanoTime();
        assertThat(get()).contains(ADA);
        assertThat(System.nanoTime() - start).isGreaterThan(50_000_000L);
    }
}

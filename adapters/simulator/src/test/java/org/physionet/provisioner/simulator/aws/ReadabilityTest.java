package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.World.Accounts;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** "Can this principal read this?", by any path. */
class ReadabilityTest {
    private static final String ADA = "AIDAADAADAADAADAADAAD";
    private static final String PREFIX = "s3://data-one/mimiciv/3.1/";
    private final AwsWorld open = AwsWorld.open().withDelegatingBucket("mimiciv/3.1/a.csv", "mimiciv/3.1/sub/b.csv");

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void anIdThatNobodyDescribedReadsWhatItsShardAllowsAndNothingBeside() {
        open.createAccessPoint("shard-01");
        open.createAccessPoint("shard-02");
        open.putPolicy("shard-02", AwsWorld.shard("shard-02", "mimiciv/3.1/", ADA));

        assertThat(open.canRead(ADA, PREFIX).allowed()).isTrue();
        assertThat(open.canRead(ADA, PREFIX).because())
                .startsWith("through access point shard-02: policy of access point");
        assertThat(open.canRead(ADA, "s3://data-one/mimiciv/3.1/a.csv").allowed())
                .isTrue();
        assertThat(open.canRead(ADA, "s3://data-one/mimiciv/3.1").allowed()).isTrue();
        assertThat(open.canRead(ADA, "s3://data-one/mimiciv/3.10/").allowed()).isFalse();
        assertThat(open.canRead(ADA, "s3://data-one/mimiciv/").allowed())
                .as("an object below the prefix is readable")
                .isTrue();
        assertThat(open.canRead(ADA, "s3://data-one/eicu/").allowed()).isFalse();
        assertThat(open.canRead("AIDABOBBOBBOBBOBBOBBO", PREFIX).allowed()).isFalse();
        assertThat(open.canRead(ADA, "s3://no-such-bucket/x").because()).contains("does not exist");
    }

    @Test
    void aDenyForOneObjectLeavesTheRest() {
        open.createAccessPoint("shard-01");
        String policy = AwsWorld.shard("shard-01", "mimiciv/3.1/", ADA);
        open.putPolicy("shard-01", policy.replace("\"Statement\":[", """
                "Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",
                "Resource":"%s/object/mimiciv/3.1/a.csv"},""".formatted(AwsWorld.arn("shard-01"))));
        assertThat(open.canRead(ADA, "s3://data-one/mimiciv/3.1/a.csv").allowed())
                .isFalse();
        assertThat(open.canRead(ADA, PREFIX).allowed()).isTrue();
    }

    @Test
    void aConditionWithADateRunsOutByTheWorldsClock() {
        open.createAccessPoint("shard-01");
        String end = Instant.now().plus(Duration.ofHours(1)).toString();
        open.putPolicy(
                "shard-01",
                AwsWorld.shard("shard-01", "", ADA)
                        .replace(
                                "\"StringEquals\"",
                                "\"DateLessThan\":{\"aws:CurrentTime\":\"" + end + "\"},\"StringEquals\""));
        assertThat(open.canRead(ADA, PREFIX).allowed()).isTrue();
        open.advance(Duration.ofHours(2));
        assertThat(open.canRead(ADA, PREFIX).allowed()).isFalse();
    }

    @Test
    void rolesReadAsSessionsOfAnyNameUnlessThePolicyFixesIt() {
        String role = "AROAROLEROLEROLEROLER";
        open.createAccessPoint("by-role");
        open.putPolicy("by-role", AwsWorld.shard("by-role", "", role + ":ada@site"));
        assertThat(open.canRead(role, PREFIX).allowed()).isFalse();
        assertThat(open.canRead(role + ":ada@site", PREFIX).allowed()).isTrue();
        open.putPolicy("by-role", AwsWorld.principals("by-role", "", role));
        assertThat(open.canRead(role, PREFIX).allowed()).isTrue();
    }

    @Test
    void whatIsNoPrincipalOrResourceIsToldSo() {
        assertThatThrownBy(() -> open.canRead("user:ada@example.org", PREFIX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AIDA");
    }

    @Test
    void withStrictAccountsTheResearchersOwnSideMustAllowToo() {
        try (AwsWorld strict = new AwsWorld(Accounts.STRICT)) {
            strict.with("""
                    {"accounts":{"444455556666":{"users":[
                      {"arn":"arn:aws:iam::444455556666:user/ada","id":"AIDAADAADAADAADAADAAD","keys":[{"id":"AKIAADA","secret":"a"}]}]}}}""").withDelegatingBucket("mimiciv/3.1/a.csv");
            strict.createAccessPoint("shard-01");
            strict.putPolicy("shard-01", AwsWorld.shard("shard-01", "mimiciv/3.1/", ADA));
            assertThat(strict.canRead(ADA, PREFIX).allowed()).isFalse();
            assertThat(strict.canRead("AIDANOBODYNOBODYNOBOD", PREFIX).because())
                    .contains("does not exist");

            strict.with(strict.live()
                    .simulator()
                    .state()
                    .get("aws")
                    .toString()
                    .replace("\"attached\":[]", "\"attached\":[\"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\"]"));

            assertThat(strict.canRead(ADA, PREFIX).allowed()).isTrue();
        }
    }

    /** facts/aws.md A3.3: PhysioNet's identity proof, whose bucket policy speaks of the caller in variables. */
    @Test
    void physionetsVerificationBucketAnswers404ToTheRightUserAnd403ToAllOthers() {
        open.with("""
                {"accounts":{"444455556666":{"users":[
                  {"arn":"arn:aws:iam::444455556666:user/ada","id":"AIDAADAADAADAADAADAAD","keys":[{"id":"AKIAADA","secret":"a"}]},
                  {"arn":"arn:aws:iam::444455556666:user/bob","id":"AIDABOBBOBBOBBOBBOBBO","keys":[{"id":"AKIABOB","secret":"b"}]}]}},
                 "buckets":[{"name":"verification","publicAccessBlock":null}]}""");
        String key = "email=*/userid=${aws:userid}/account=${aws:PrincipalAccount}/username=${aws:username}/";
        open.s3().putBucketPolicy(b -> b.bucket("verification").policy("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::verification/*-verification/%s"},
                 {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::verification",
                  "Condition":{"StringLike":{"s3:prefix":"*-verification/%s"}}}]}""".formatted(key, key)));

        assertThat(status("AKIAADA", "a")).isEqualTo(404);
        assertThat(status("AKIABOB", "b")).isEqualTo(403);
        assertThat(open.live()
                        .send("GET", "/verification/x-verification/email=a/", "")
                        .statusCode())
                .isEqualTo(403);
    }

    private int status(String key, String secret) {
        try (S3Presigner presigner = S3Presigner.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .endpointOverride(open.url())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            String url = presigner
                    .presignGetObject(b -> b.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(g -> g.bucket("verification")
                                    .key("physionet.org-verification/email=ada@example.org/userid=" + ADA
                                            + "/account=444455556666/username=ada/")))
                    .url()
                    .toString();
            return open.live()
                    .send(HttpRequest.newBuilder(URI.create(url)).build())
                    .statusCode();
        }
    }
}

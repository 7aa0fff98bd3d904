package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.IdentityProof.Verdict;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.model.CloudAccount;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Somebody shows that an AWS identity is theirs (facts/aws.md A3), against an STS that verifies every signature. */
class IdentityProofTest {
    private static final String SITE = "data.example.org";
    private static final String NONCE = "4f9c2b7e81d04f9c2b7e81d0";
    private static final AwsCredentials ADA = AwsBasicCredentials.create("AKIA%016d".formatted(1), "secret-of-1");
    private static final String MINE = SITE + "/n=" + NONCE;

    private final SimulatedAws aws = new SimulatedAws();
    private final Instant now = Instant.now();
    private final IdentityProof proof = proof(Map.of());

    @AfterEach
    void close() {
        aws.close();
    }

    private IdentityProof proof(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("identityProof.site", SITE));
        settings.putAll(more);
        return aws.provider()
                .identityProof(
                        aws.settings(settings),
                        new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE))
                .orElseThrow();
    }

    @Test
    void withoutASiteThereIsNoProof() {
        assertThat(aws.provider()
                        .identityProof(
                                aws.settings(),
                                new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE)))
                .isEmpty();
    }

    @Test
    void tokenOfTheStockCommandLineProvesItsUser() {
        assertProvesAda(SignedProofs.token(SignedProofs.url(ADA, MINE, now)));
    }

    @Test
    void wholeOutputOfTheCommandLineIsTakenToo() {
        assertProvesAda("{\"kind\":\"ExecCredential\",\"status\":{\"expirationTimestamp\":\"x\",\"token\":\""
                + SignedProofs.token(SignedProofs.url(ADA, MINE, now)) + "\"}}\n");
    }

    @Test
    void signedHeadersProveTheirUser() throws Exception {
        assertProvesAda(new JsonMapper().writeValueAsString(SignedProofs.headers(ADA, SITE, NONCE, now)));
    }

    @Test
    void instructionsNameTheCommandWithSiteAndNonce() {
        assertThat(proof.instructions(NONCE))
                .anySatisfy(
                        line -> assertThat(line).contains("aws eks get-token").contains("'" + MINE + "'"));
    }

    @Test
    void proofForAnotherSiteOrAttemptProvesNothing() throws Exception {
        assertRefused(SignedProofs.token(SignedProofs.url(ADA, "other.example.org/n=" + NONCE, now)));
        assertRefused(SignedProofs.token(SignedProofs.url(ADA, SITE + "/n=another-nonce-000000", now)));
        assertRefused(SignedProofs.token(SignedProofs.url(ADA, "a-real-cluster", now)));
        JsonMapper json = new JsonMapper();
        assertRefused(json.writeValueAsString(SignedProofs.headers(ADA, "other.example.org", NONCE, now)));
        assertRefused(json.writeValueAsString(SignedProofs.headers(ADA, SITE, "another-nonce-000000", now)));
    }

    @Test
    void wrongSecretProvesNothing() {
        AwsCredentials thief = AwsBasicCredentials.create(ADA.accessKeyId(), "not-the-secret");
        assertRefused(SignedProofs.token(SignedProofs.url(thief, MINE, now)));
    }

    @Test
    void proofIsGoodForFiveMinutesWhateverItSays() {
        String url = SignedProofs.token(SignedProofs.url(ADA, MINE, now));
        assertThat(proof.verify(url, NONCE, now.plus(Duration.ofSeconds(301))))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, r -> assertThat(r.reason()).contains("5 minutes"));
        assertThat(proof.verify(url, NONCE, now.minus(Duration.ofSeconds(301)))).isInstanceOf(Verdict.Refused.class);
        assertThat(proof.verify(url, NONCE, now.plus(Duration.ofSeconds(299)))).isInstanceOf(Verdict.Proven.class);
    }

    /** CVE-2020-16250: a host, path or action of the attacker's choice makes AWS, or somebody else, say what they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sts.us-east-1.amazonaws.com/|https://sts.us-east-1.amazonaws.com.evil.example/",
                "https://sts.us-east-1.amazonaws.com/|https://evil.example/",
                "https://sts.us-east-1.amazonaws.com/|https://sts.us-east-1.amazonaws.com@evil.example/",
                "https://sts.us-east-1.amazonaws.com/|https://sts.us-east-1.amazonaws.com:8443/",
                "https://sts.us-east-1.amazonaws.com/|https://sts.us-west-2.amazonaws.com/",
                "https://sts.us-east-1.amazonaws.com/|https://sts.mars-east-1.amazonaws.com/",
                "https://sts.us-east-1.amazonaws.com/|https://sts.cn-north-1.amazonaws.com.cn/",
                "https://sts.us-east-1.amazonaws.com/|https://sts.us-east-1.amazonaws.com/bucket",
                "https://sts.us-east-1.amazonaws.com/|http://sts.us-east-1.amazonaws.com/",
                "Action=GetCallerIdentity|Action=AssumeRole",
                "Action=GetCallerIdentity|Action=GetCallerIdentity&RoleSessionName=x",
                "Action=GetCallerIdentity|Action=GetCallerIdentity#",
                "Version=2011-06-15|Version=2011-06-16",
                "%2Fsts%2Faws4_request|%2Fs3%2Faws4_request",
                "host%3Bx-k8s-aws-id|host",
            })
    void requestThatIsNotExactlyGetCallerIdentityAtStsIsNeverSent(String change) {
        String url = SignedProofs.url(ADA, MINE, now);
        String changed =
                url.replace(change.substring(0, change.indexOf('|')), change.substring(change.indexOf('|') + 1));
        assertThat(changed).isNotEqualTo(url);
        aws.forgetCalls();

        assertRefused(SignedProofs.token(changed));
        assertThat(aws.calls()).isEmpty();
    }

    /** CVE-2022-2385: a parameter that comes twice in different case is checked in one spelling and used in the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "action=AssumeRole",
                "Action=GetCallerIdentity",
                "x-amz-signedheaders=host",
                "X-AMZ-CREDENTIAL=AKIAEVIL",
                "x-amz-signature=00",
                "%41ction=AssumeRole",
            })
    void parameterThatComesTwiceInWhateverCaseIsRefused(String more) {
        String url = SignedProofs.url(ADA, MINE, now);
        aws.forgetCalls();

        assertRefused(SignedProofs.token(url + "&" + more));
        assertRefused(SignedProofs.token(url.replace("?", "?" + more + "&")));
        assertThat(aws.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "k8s-aws-v1.",
                "k8s-aws-v1.!!!!",
                "https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity",
                "{\"authorization\":\"AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00\",\"x-amz-date\":\"x\"}",
                "{\"authorization\":1,\"x-amz-date\":2}",
                "{\"authorization\":\"x\",\"x-amz-date\":\"x\",\"host\":\"evil.example\"}",
                "{\"authorization\":\"x\",\"authorization\":\"y\",\"x-amz-date\":\"x\"}",
            })
    void nonsenseIsRefusedAndNeverSent(String presented) {
        assertRefused(presented);
        assertThat(aws.calls()).noneMatch(call -> call.method().startsWith("sts."));
    }

    @Test
    void refusalsRepeatNothingOfWhatWasBrought() {
        String url = SignedProofs.url(AwsBasicCredentials.create(ADA.accessKeyId(), "wrong"), MINE, now);
        String signature = url.substring(url.indexOf("X-Amz-Signature=") + 16, url.indexOf("X-Amz-Signature=") + 80);
        assertThat(proof.verify(SignedProofs.token(url), NONCE, now))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        r -> assertThat(r.reason()).doesNotContain(signature).doesNotContain(ADA.accessKeyId()));
    }

    @Test
    void sessionOfARoleIsRefusedUnlessTheSiteTakesRoles() {
        AwsCredentials session = aws.assumedRole();
        String token = SignedProofs.token(SignedProofs.url(session, MINE, now));

        assertThat(proof.verify(token, NONCE, now))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, r -> assertThat(r.reason()).contains("role lab"));
        assertThat(proof(Map.of("identityProof.roles", "true")).verify(token, NONCE, now))
                .isInstanceOfSatisfying(
                        Verdict.Proven.class, p -> assertThat(p.account().id()).startsWith("AROA"));
    }

    @Test
    void preSignedKeyOfPhysioNetsFormProvesTheUserWhomItSpells() {
        IdentityProof withBucket = withVerificationBucket();
        assertThat(withBucket.instructions(NONCE))
                .anySatisfy(line -> assertThat(line).contains("aws s3 presign"));

        assertThat(withBucket.verify(physioNets(ADA, SimulatedAws.id(1), "person1", NONCE, 900), NONCE, now))
                .isEqualTo(new Verdict.Proven(new CloudAccount(
                        "aws",
                        SimulatedAws.id(1),
                        Map.of("account", "999988887777", "username", "person1", "accessKeyId", ADA.accessKeyId()),
                        null)));
    }

    @Test
    void preSignedKeyThatSpellsSomebodyElseProvesNothing() {
        IdentityProof withBucket = withVerificationBucket();
        assertRefused(withBucket, physioNets(ADA, SimulatedAws.id(2), "person2", NONCE, 900));
        assertRefused(withBucket, physioNets(ADA, SimulatedAws.id(1), "person1", "another-nonce-000000", 900));
        assertRefused(withBucket, physioNets(ADA, SimulatedAws.id(1), "person1", NONCE, 3600));
        String good = physioNets(ADA, SimulatedAws.id(1), "person1", NONCE, 900);
        assertRefused(withBucket, good.replace("verification-bucket.s3", "evil-bucket.s3"));
        assertRefused(withBucket, good.replace(SITE, "other.example.org"));
        assertRefused(withBucket, good + "&x-amz-date=20260101T000000Z");
    }

    private IdentityProof withVerificationBucket() {
        aws.s3().createBucket(r -> r.bucket("verification-bucket"));
        aws.s3().deletePublicAccessBlock(r -> r.bucket("verification-bucket"));
        String resource = "arn:aws:s3:::verification-bucket";
        String key =
                "*-verification/email=*/userid=${aws:userid}/account=${aws:PrincipalAccount}/username=${aws:username}/";
        aws.s3()
                .putBucketPolicy(r -> r.bucket("verification-bucket")
                        .policy("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                                + "\"Action\":\"s3:GetObject\",\"Resource\":\"" + resource + "/" + key + "\"},"
                                + "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":\""
                                + resource + "\",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"" + key + "\"}}}]}"));
        return proof(Map.of("identityProof.bucket", "verification-bucket"));
    }

    private String physioNets(AwsCredentials who, String id, String name, String nonce, int seconds) {
        String path = "/" + SITE + "-verification/email%3Dada@example.org/nonce%3D" + nonce + "/userid%3D" + id
                + "/account%3D999988887777/username%3D" + name + "/";
        return SignedProofs.presigned(
                who,
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.GET)
                        .uri(URI.create("https://verification-bucket.s3.us-east-1.amazonaws.com"))
                        .encodedPath(path)
                        .build(),
                "s3",
                now,
                seconds);
    }

    private void assertProvesAda(String presented) {
        assertThat(proof.verify(presented, NONCE, now))
                .isEqualTo(new Verdict.Proven(new CloudAccount(
                        "aws",
                        SimulatedAws.id(1),
                        Map.of("account", "999988887777", "arn", "arn:aws:iam::999988887777:user/person1"),
                        null)));
    }

    private void assertRefused(String presented) {
        assertRefused(proof, presented);
    }

    private void assertRefused(IdentityProof by, String presented) {
        assertThat(by.verify(presented, NONCE, now)).isInstanceOf(Verdict.Refused.class);
    }
}

package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** What S3 refuses to store, with its words (facts/aws.md A1.2, A1.4, A2.1; messages as S3 users report them). */
class PolicyRefusalsTest {
    private static final String ADA = "AIDAADAADAADAADAADAAD";
    private final AwsWorld world = AwsWorld.strict().with("""
                  {"accounts":{"444455556666":{"users":[
                     {"arn":"arn:aws:iam::444455556666:user/team/ada","id":"AIDAADAADAADAADAADAAD"}],
                   "deleted":{"AIDADEADDEADDEADDEADD":"arn:aws:iam::444455556666:user/gone"}}}}""").withDelegatingBucket();
    private final S3Client s3 = world.s3();

    @AfterEach
    void close() {
        world.close();
    }

    private S3Exception bucketRefusal(String policy) {
        return catchThrowableOfType(
                S3Exception.class,
                () -> s3.putBucketPolicy(b -> b.bucket(AwsWorld.BUCKET).policy(policy)));
    }

    private S3ControlException pointRefusal(String policy) {
        return catchThrowableOfType(S3ControlException.class, () -> world.putPolicy("shard-01", policy));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json|Policies must be valid JSON and the first byte must be '{'",
                "{\"Version\":|This policy contains invalid Json",
                "{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\"}|This policy contains invalid Json",
                "{\"Version\":\"2012-10-17\"}|Missing required field Statement",
                "{\"Version\":\"2013-10-17\",\"Statement\":[]}|The policy must contain a valid version string",
                "{\"Statement\":[{\"Effect\":\"Maybe\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Invalid effect: Maybe",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Missing required field Principal",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":[]},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Missing required field Principal cannot be empty!",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:Fly\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Policy has invalid action",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::other/*\"}]}|Policy has invalid resource",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}|Policy has invalid resource",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one\"}]}|Action does not apply to any resource(s) in statement",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Action does not apply to any resource(s) in statement",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\",\"Condition\":{\"StringIs\":{\"aws:userid\":\"x\"}}}]}|Invalid Condition type : StringIs",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\",\"Condition\":{\"StringEquals\":{\"userid\":\"x\"}}}]}|Policy has an invalid condition key",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\",\"Condition\":{\"StringEquals\":{\"s3:prefix\":\"x\"}}}]}|Conditions do not apply to combination of actions and resources in statement",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"AIDADEADDEADDEADDEADD\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Invalid principal in policy",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:user/team/*\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Invalid principal in policy",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:user/team/Ada\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Invalid principal in policy",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws-cn:iam::444455556666:user/team/ada\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Invalid principal in policy",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"999988887777\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}|Invalid principal in policy"
            })
    void aMalformedBucketPolicyIsRefusedInS3sWordsAndTheOldOneStays(String policy, String message) {
        S3Exception refusal = bucketRefusal(policy);

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicy");
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
        assertThat(s3.getBucketPolicy(b -> b.bucket(AwsWorld.BUCKET)).policy()).contains("DelegateReads");
    }

    @Test
    void oneOfSeveralDeadPrincipalsIsNamedInDetail() {
        world.createAccessPoint("shard-01");

        S3ControlException refusal = pointRefusal(
                AwsWorld.principals("shard-01", "", ADA, "AIDADEADDEADDEADDEADD", "AIDAUNKNOWNUNKNOWNUNK"));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicy");
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Invalid principal in policy");
        assertThat(refusal.awsErrorDetails().rawResponse().asUtf8String())
                .containsOnlyOnce("<Detail>")
                .contains("<Detail>&quot;AWS&quot; : &quot;AIDADEADDEADDEADDEADD&quot;</Detail>");
    }

    @Test
    void aDeadPrincipalInAConditionIsNoPrincipalAndIsAccepted() {
        world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "", ADA, "AIDADEADDEADDEADDEADD"));
        assertThat(world.control()
                        .getAccessPointPolicy(b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01"))
                        .policy())
                .contains("AIDADEADDEADDEADDEADD");
    }

    @Test
    void exactly20480BytesAfterMinifyingAreAcceptedAndOneMoreIsNot() {
        world.createAccessPoint("shard-01");
        String base = minified(AwsWorld.shard("shard-01", "", ADA));
        String full = base.replace(ADA, ADA + "x".repeat(20_480 - base.length()));
        assertThat(full.getBytes(StandardCharsets.UTF_8)).hasSize(20_480);

        world.putPolicy("shard-01", full.replace(",\"", ",     \n   \""));

        S3ControlException refusal = pointRefusal(full.replace(ADA, ADA + "x"));
        assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo("Policy exceeds the maximum allowed document size.");
    }

    @Test
    void sevenHundredFiftyFiveIdsAndTheReserveFitOneShard() {
        world.createAccessPoint("shard-01");
        String[] ids = IntStream.range(0, 755).mapToObj("AIDA%017d"::formatted).toArray(String[]::new);
        String policy = minified(AwsWorld.shard("shard-01", "mimiciv/3.1/", ids));
        assertThat(policy.length()).isLessThan(20_480 * 9 / 10 + 300);
        world.putPolicy("shard-01", policy);
        assertThat(world.canRead(ADA, "s3://data-one/mimiciv/3.1/").allowed()).isFalse();
    }

    @Test
    void aPublicPolicyIs403UnderBlockPublicPolicyOfAccessPointBucketOrAccount() {
        String open = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\","
                + "\"Resource\":\"arn:aws:s3:::data-one/*\"}]}";
        S3Exception refusal = bucketRefusal(open);
        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");

        s3.deletePublicAccessBlock(b -> b.bucket(AwsWorld.BUCKET));
        world.control()
                .putPublicAccessBlock(b ->
                        b.accountId(AwsWorld.ACCOUNT).publicAccessBlockConfiguration(c -> c.blockPublicPolicy(true)));
        assertThat(bucketRefusal(open).statusCode()).isEqualTo(403);

        world.control().deletePublicAccessBlock(b -> b.accountId(AwsWorld.ACCOUNT));
        s3.putBucketPolicy(b -> b.bucket(AwsWorld.BUCKET).policy(open));
        assertThat(s3.getBucketPolicyStatus(b -> b.bucket(AwsWorld.BUCKET))
                        .policyStatus()
                        .isPublic())
                .isTrue();

        world.createAccessPoint("shard-01");
        assertThat(pointRefusal(AwsWorld.shard("shard-01", "", "AROAROLEROLEROLEROLER:*")
                                .replace("StringEquals", "StringLike"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anAccessPointsPolicyMayNameOnlyItself() {
        world.createAccessPoint("shard-01");
        assertThat(pointRefusal(AwsWorld.shard("shard-02", "", ADA))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Policy has invalid resource");
        assertThat(pointRefusal("").awsErrorDetails().errorCode()).isEqualTo("MalformedPolicy");
    }

    @Test
    void anUnexpectedOwnerIs403() {
        S3Exception refusal = catchThrowableOfType(
                S3Exception.class,
                () -> s3.getBucketPolicy(b -> b.bucket(AwsWorld.BUCKET).expectedBucketOwner("444455556666")));
        assertThat(refusal.statusCode()).isEqualTo(403);
    }

    private static String minified(String policy) {
        return policy.lines().map(String::strip).collect(Collectors.joining());
    }
}

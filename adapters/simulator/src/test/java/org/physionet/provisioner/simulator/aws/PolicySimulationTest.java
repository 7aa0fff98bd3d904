package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** IAM's policy simulator on the wire, as Amazon's client reads it, and the organization's policies that it tells of. */
class PolicySimulationTest {
    private static final String ENGINE = "arn:aws:iam::" + AwsWorld.ACCOUNT + ":user/engine";
    private static final String POINT = "arn:aws:s3:us-east-1:" + AwsWorld.ACCOUNT + ":accesspoint/pn-01";

    private static AwsWorld world() {
        return AwsWorld.strict().with("""
                {"organization":{"id":"o-example","management":"999999999999","policies":[{"id":"p-keep","name":"keep","targets":["%1$s"],
                  "content":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Deny\\",\\"Action\\":\\"s3:DeleteBucket\\",\\"Resource\\":\\"*\\"}]}"}]},
                 "accounts":{"%1$s":{
                  "policies":[{"arn":"arn:aws:iam::%1$s:policy/most","text":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":[\\"s3:*\\",\\"iam:*\\"],\\"Resource\\":\\"*\\"}]}"}],
                  "users":[{"arn":"%2$s","boundary":"arn:aws:iam::%1$s:policy/most",
                    "keys":[{"id":"AKIAENGINE","secret":"secret"}],
                    "policies":{"own":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":[\\"s3:DeleteBucket\\",\\"sts:AssumeRole\\"],\\"Resource\\":\\"*\\"},{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"iam:SimulatePrincipalPolicy\\",\\"Resource\\":\\"%2$s\\"},{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:CreateAccessPoint\\",\\"Resource\\":\\"arn:aws:s3:*:*:accesspoint/pn-*\\",\\"Condition\\":{\\"StringEquals\\":{\\"s3:AccessPointNetworkOrigin\\":\\"Internet\\"}}}]}"}},
                   {"arn":"arn:aws:iam::%1$s:user/other"}]}},
                 "buckets":[{"name":"data-one"}]}""".formatted(AwsWorld.ACCOUNT, ENGINE));
    }

    private static IamClient engine(AwsWorld world) {
        return world.iam(AwsBasicCredentials.create("AKIAENGINE", "secret"));
    }

    @Test
    void eachActionIsAnsweredForEachResourceWithWhatHoldsItBack() {
        try (AwsWorld world = world()) {
            List<EvaluationResult> results = engine(world)
                    .simulatePrincipalPolicy(r -> r.policySourceArn(ENGINE)
                            .actionNames("s3:CreateAccessPoint", "s3:DeleteBucket", "sts:AssumeRole")
                            .resourceArns(POINT)
                            .contextEntries(c -> c.contextKeyName("s3:AccessPointNetworkOrigin")
                                    .contextKeyValues("Internet")
                                    .contextKeyType(ContextKeyTypeEnum.STRING)))
                    .evaluationResults();
            assertThat(results)
                    .extracting(
                            EvaluationResult::evalActionName,
                            EvaluationResult::evalResourceName,
                            EvaluationResult::evalDecisionAsString,
                            r -> r.organizationsDecisionDetail().allowedByOrganizations(),
                            r -> r.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
                    .containsExactly(
                            tuple("s3:CreateAccessPoint", "allowed", true, true),
                            tuple("s3:DeleteBucket", "explicitDeny", false, true),
                            tuple("sts:AssumeRole", "implicitDeny", true, false));
        }
    }

    private static org.assertj.core.groups.Tuple tuple(String action, String decision, boolean scp, boolean boundary) {
        return new org.assertj.core.groups.Tuple(action, POINT, decision, scp, boundary);
    }

    @Test
    void withoutTheConditionsKeyItIsNotAllowedAndPagesAreFollowed() {
        try (AwsWorld world = world()) {
            List<String> decisions = new ArrayList<>();
            engine(world)
                    .simulatePrincipalPolicyPaginator(r -> r.policySourceArn(ENGINE)
                            .actionNames("s3:CreateAccessPoint", "s3:GetObject", "s3:PutObject")
                            .resourceArns(POINT, "*")
                            .maxItems(4))
                    .evaluationResults()
                    .forEach(result -> decisions.add(result.evalDecisionAsString()));
            assertThat(decisions).hasSize(6).containsOnly("implicitDeny");
        }
    }

    @Test
    void whoMayAskAboutItselfMayNotAskAboutOthersNorAboutNobody() {
        try (AwsWorld world = world()) {
            IamException other = AwsWorld.refusal(
                    IamException.class,
                    _ -> engine(world)
                            .simulatePrincipalPolicy(r -> r.policySourceArn(ENGINE.replace("engine", "other"))
                                    .actionNames("s3:GetObject")));
            assertThat(other.statusCode()).isEqualTo(403);
            assertThat(other.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            AwsWorld.refusal(
                    NoSuchEntityException.class,
                    _ -> world.iam(AwsWorld.ADMINISTRATOR)
                            .simulatePrincipalPolicy(r -> r.policySourceArn(ENGINE.replace("engine", "nobody"))
                                    .actionNames("s3:GetObject")));
        }
    }

    @Test
    void whatTheOrganizationDoesNotAllowIsRefusedAlsoAfterADump() {
        try (AwsWorld world = world()) {
            var simulator = world.live().simulator();
            simulator.load(simulator.state());
            S3Exception refused = AwsWorld.refusal(
                    S3Exception.class,
                    _ -> world.s3(AwsBasicCredentials.create("AKIAENGINE", "secret"))
                            .deleteBucket(r -> r.bucket("data-one")));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Objects.requireNonNull(refused.getMessage())).contains("a service control policy");
        }
    }
}

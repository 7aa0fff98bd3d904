package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.aws.bucket.EngineRole;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.settings.Settings;

/** Doctor has IAM say what the engine may do, and tells what is missing, what holds it back, and what is too much. */
class EngineRightsTest {
    private static final String SELF = "arn:aws:iam::111122223333:user/engine";
    private static final String EVERYTHING = statement("Allow", "*", "*");
    private static final Map<String, String> KEYS = Map.of(
            "accessKey", "AKIAENGINEENGINEENGI",
            "secretKey", "secret-of-the-engine",
            "accessGrants.locationRole", "arn:aws:iam::111122223333:role/grants");

    private static String statement(String effect, String action, String resource) {
        return policy("{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"%s\"}".formatted(effect, action, resource));
    }

    private static String policy(String statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    }

    private static String least(SimulatedAws aws, String layout) {
        Settings settings = aws.settings(KEYS);
        return EngineRole.policy(layout, AwsSettings.of(settings), S3Location.parse("data-bucket-1/mimiciv/3.1/"))
                .replace("arn:aws:iam::111122223333:role/NAME_OF_THIS_ROLE", SELF);
    }

    /** What doctor says of the rights of an engine with these policies. */
    private static List<Check> checks(String layout, Consumer<ObjectNode> account, String... policies) {
        try (SimulatedAws plain = new SimulatedAws();
                SimulatedAws aws = new SimulatedAws(ours -> {
                    ObjectNode user = ours.putArray("users").addObject().put("arn", SELF);
                    ObjectNode own = user.putObject("policies");
                    for (String policy : policies) {
                        own.put("P" + own.size(), policy.equals("least") ? least(plain, layout) : policy);
                    }
                    user.putArray("keys")
                            .addObject()
                            .put("id", KEYS.get("accessKey"))
                            .put("secret", KEYS.get("secretKey"));
                    account.accept(ours);
                });
                Adapter adapter = aws.provider()
                        .connect(
                                aws.settings(KEYS),
                                new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE))) {
            return adapter.check(ScriptedAws.resource(aws.newResource().id().location(), layout)).stream()
                    .filter(check -> check.what().contains("rights"))
                    .toList();
        }
    }

    private static Check only(List<Check> checks, String what) {
        return checks.stream()
                .filter(c -> c.what().startsWith(what))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy", "access-grants"})
    void theLeastPolicyHasAllThatIsNeededAndNothingBeyond(String layout) {
        List<Check> checks = checks(layout, ours -> {}, "least");
        assertThat(checks).hasSize(2).allSatisfy(check -> {
            assertThat(check.ok()).as(check.detail()).isTrue();
            assertThat(check.fix()).isEmpty();
        });
        assertThat(only(checks, "rights").detail()).contains("tried as " + SELF + ": allowed: ");
        assertThat(only(checks, "no more").detail()).contains("none of ", "s3:GetObject", "iam:PutRolePolicy");
    }

    @Test
    void whatIsMissingIsNamedWithItsKindOfRefusal() {
        List<Check> checks = checks(
                "access-points",
                ours -> {},
                "least",
                statement("Deny", "s3:PutAccessPointPolicy", "arn:aws:s3:us-east-1:111122223333:accesspoint/*"));
        Check rights = only(checks, "rights");
        assertThat(rights.ok()).isFalse();
        assertThat(rights.detail())
                .contains(
                        "s3:PutAccessPointPolicy on arn:aws:s3:us-east-1:111122223333:accesspoint/pn-01: explicitDeny");
        assertThat(rights.fix()).contains("the least policy is");

        Check nothing = only(
                checks("bucket-policy", ours -> {}, statement("Allow", "iam:SimulatePrincipalPolicy", SELF)), "rights");
        assertThat(nothing.detail()).contains("s3:PutBucketPolicy on arn:aws:s3:::data-bucket-1: implicitDeny");
    }

    @Test
    void aBoundaryAndTheOrganizationAreToldApart() {
        Check bounded = only(
                checks(
                        "access-points",
                        ours -> {
                            ours.putArray("policies")
                                    .addObject()
                                    .put("arn", "arn:aws:iam::111122223333:policy/most")
                                    .put(
                                            "text",
                                            policy(
                                                    "{\"Effect\":\"Allow\",\"NotAction\":\"s3:CreateAccessPoint\",\"Resource\":\"*\"}"));
                            ((ObjectNode) ours.at("/users/0")).put("boundary", "arn:aws:iam::111122223333:policy/most");
                        },
                        "least"),
                "rights");
        assertThat(bounded.detail())
                .contains("s3:CreateAccessPoint on ", "implicitDeny (the permissions boundary does not allow it)")
                .doesNotContain("organization");
        assertThat(bounded.fix()).contains("widen the role's permissions boundary");

        Check fenced = only(
                checks(
                        "access-points",
                        ours -> ours.putArray("serviceControlPolicies")
                                .add(EVERYTHING)
                                .add(statement("Deny", "s3:DeleteAccessPointPolicy", "*")),
                        "least"),
                "rights");
        assertThat(fenced.detail())
                .contains(
                        "s3:DeleteAccessPointPolicy on ", "explicitDeny (the organization's policies do not allow it)")
                .doesNotContain("boundary does not");
        assertThat(fenced.fix()).contains("the organization's administrators");
    }

    @Test
    void whatIsTooMuchIsAWarningThatNamesIt() {
        List<Check> checks =
                checks("access-points", ours -> {}, statement("Allow", "s3:*", "*"), statement("Allow", "iam:*", "*"));
        assertThat(only(checks, "rights").ok()).isTrue();
        Check beyond = only(checks, "no more");
        assertThat(beyond.ok()).as("it works all the same").isTrue();
        assertThat(beyond.detail())
                .contains("WARNING", "s3:PutBucketPolicy", "iam:PutRolePolicy", "iam:CreateUser")
                .contains("s3:GetObject, s3:PutObject on arn:aws:s3:::data-bucket-1/mimiciv/3.1/")
                .doesNotContain("kms:Decrypt");
        assertThat(beyond.fix()).contains("take it away");
    }

    @Test
    void aRoleThatMayNotAskIsToldHowToAllowIt() {
        List<Check> checks = checks("access-points", ours -> {}, statement("Allow", "s3:*", "*"));
        assertThat(checks).singleElement().satisfies(check -> {
            assertThat(check.ok()).isTrue();
            assertThat(check.detail()).contains("not tried: iam:SimulatePrincipalPolicy on " + SELF);
            assertThat(check.fix()).contains("allow iam:SimulatePrincipalPolicy on " + SELF + " to itself");
        });
    }
}

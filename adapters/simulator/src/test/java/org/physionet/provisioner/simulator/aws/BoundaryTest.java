package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** Permissions boundaries through IAM's own calls (IAM user guide, "Permissions boundaries for IAM entities"). */
class BoundaryTest {
    private static final String ALL = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";
    private final AwsWorld world = AwsWorld.strict().withDelegatingBucket("a.csv");
    private final IamClient iam = world.iam(AwsWorld.ADMINISTRATOR);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRoleMayDoWhatItsPoliciesAndItsBoundaryBothAllow() {
        String boundary = iam.createPolicy(b -> b.policyName("only-lists").policyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAccessPoints","Resource":"*"}]}"""))
                .policy()
                .arn();
        String arn = iam.createRole(
                        b -> b.roleName("engine").permissionsBoundary(boundary).assumeRolePolicyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}"""))
                .role()
                .arn();
        iam.putRolePolicy(b -> b.roleName("engine").policyName("all").policyDocument(ALL));
        assertThat(iam.getRole(b -> b.roleName("engine"))
                        .role()
                        .permissionsBoundary()
                        .permissionsBoundaryArn())
                .isEqualTo(boundary);
        var session = world.sts(AwsWorld.ADMINISTRATOR)
                .assumeRole(b -> b.roleArn(arn).roleSessionName("run"))
                .credentials();
        S3ControlClient engine = world.control(
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));

        assertThat(engine.listAccessPoints(b -> b.accountId(AwsWorld.ACCOUNT)).accessPointList())
                .isEmpty();
        assertThat(create(engine)).isEqualTo(403);

        iam.deleteRolePermissionsBoundary(b -> b.roleName("engine"));
        assertThat(create(engine)).isEqualTo(200);

        iam.putRolePermissionsBoundary(b -> b.roleName("engine").permissionsBoundary(boundary));
        assertThat(create(engine)).isEqualTo(403);
        var simulator = world.live().simulator();
        simulator.load(simulator.state());
        assertThat(create(engine)).as("after a dump").isEqualTo(403);
    }

    @Test
    void aBoundaryMustBeAPolicyThatExists() {
        assertThat(AwsWorld.refusal(
                        NoSuchEntityException.class,
                        _ -> iam.createUser(
                                b -> b.userName("u").permissionsBoundary("arn:aws:iam::111122223333:policy/absent"))))
                .hasMessageContaining("policy/absent");
    }

    private static int create(S3ControlClient engine) {
        try {
            engine.createAccessPoint(
                    b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01").bucket(AwsWorld.BUCKET));
            return 200;
        } catch (S3ControlException e) {
            return e.statusCode();
        }
    }
}

package org.physionet.provisioner.simulator.aws.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.simulator.aws.grants.GrantsWorld.ADA;
import static org.physionet.provisioner.simulator.aws.grants.GrantsWorld.ADA_ID;
import static org.physionet.provisioner.simulator.aws.grants.GrantsWorld.OURS;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.aws.AwsWorld;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.model.Credentials;
import software.amazon.awssdk.services.s3control.model.GetDataAccessResponse;
import software.amazon.awssdk.services.s3control.model.Permission;
import software.amazon.awssdk.services.s3control.model.Privilege;
import software.amazon.awssdk.services.s3control.model.S3ControlException;
import software.amazon.awssdk.services.s3control.model.S3PrefixType;

/** What GetDataAccess gives, and how long it lasts (S3 user guide, "Request access to Amazon S3 data through S3 Access Grants"). */
class VendedCredentialsTest {
    private static final String PREFIX = "s3://data/mimiciv/3.1/";
    private final GrantsWorld world = new GrantsWorld().set();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void readTheGrantsPrefixAndNothingElse() {
        world.grant(ADA, "data/mimiciv/3.1/*");

        GetDataAccessResponse access = GrantsWorld.ask(world.ada, PREFIX + "*");

        assertThat(access.matchedGrantTarget()).isEqualTo(PREFIX + "*");
        assertThat(access.grantee().granteeIdentifier()).isEqualTo(ADA);
        Credentials credentials = access.credentials();
        assertThat(world.read(credentials, "mimiciv/3.1/a.csv")).isEqualTo("a");
        var s3 = world.aws.s3(GrantsWorld.session(credentials));
        assertThat(s3.listObjectsV2(b -> b.bucket("data").prefix("mimiciv/3.1/"))
                        .contents())
                .hasSize(2);
        assertThat(status(() -> world.read(credentials, "eicu/2.0/c.csv"))).isEqualTo(403);
        assertThat(status(() -> s3.listObjectsV2(b -> b.bucket("data").prefix("eicu/"))))
                .isEqualTo(403);
        assertThat(status(
                        () -> s3.putObject(b -> b.bucket("data").key("mimiciv/3.1/new"), RequestBody.fromString("x"))))
                .as("the role may write, the grant does not")
                .isEqualTo(403);
    }

    @Test
    void outliveTheGrantUntilTheirOwnEnd() {
        String grant = world.grant(ADA, "data/mimiciv/3.1/*").accessGrantId();
        Credentials credentials = world.ada
                .getDataAccess(b -> b.accountId(OURS)
                        .target(PREFIX + "*")
                        .permission(Permission.READ)
                        .durationSeconds(900))
                .credentials();
        assertThat(world.aws.canRead(ADA_ID, PREFIX).because()).startsWith("through an access grant: " + grant);

        world.admin.deleteAccessGrant(b -> b.accountId(OURS).accessGrantId(grant));

        assertThat(refusal(() -> GrantsWorld.ask(world.ada, PREFIX + "*"))).isEqualTo("403 AccessDenied");
        assertThat(world.read(credentials, "mimiciv/3.1/a.csv")).isEqualTo("a");
        assertThat(world.aws.canRead(ADA_ID, PREFIX).because()).contains("vended before");

        world.aws.advance(Duration.ofSeconds(901));

        assertThat(code(() -> world.read(credentials, "mimiciv/3.1/a.csv"))).isEqualTo("ExpiredToken");
        assertThat(world.aws.canRead(ADA_ID, PREFIX).allowed()).isFalse();
    }

    @Test
    void belongToTheGranteeAlone() {
        world.grant(ADA, "data/mimiciv/3.1/*");
        assertThat(refusal(() -> GrantsWorld.ask(world.bob, PREFIX + "*"))).isEqualTo("403 AccessDenied");
        assertThat(refusal(() -> GrantsWorld.ask(world.ada, "s3://data/*"))).isEqualTo("403 AccessDenied");
        assertThat(world.aws.canRead("AIDABOBBOBBOBBOBBOBBO", PREFIX).allowed()).isFalse();
    }

    /** S3 user guide: Default gives the scope of the closest grant, Minimal that of the target. */
    @Test
    void haveTheScopeOfTheClosestGrantOrOfTheTarget() {
        world.grant(ADA, "data/*");
        world.grant(ADA, "data/mimiciv/3.1/*");
        assertThat(GrantsWorld.ask(world.ada, PREFIX + "a.csv").matchedGrantTarget())
                .isEqualTo(PREFIX + "*");
        assertThat(GrantsWorld.ask(world.ada, "s3://data/eicu/*").matchedGrantTarget())
                .isEqualTo("s3://data/*");

        GetDataAccessResponse minimal = world.ada.getDataAccess(b -> b.accountId(OURS)
                .target(PREFIX + "a.csv")
                .targetType(S3PrefixType.OBJECT)
                .privilege(Privilege.MINIMAL)
                .permission(Permission.READ));

        assertThat(minimal.matchedGrantTarget()).isEqualTo(PREFIX + "a.csv");
        assertThat(world.read(minimal.credentials(), "mimiciv/3.1/a.csv")).isEqualTo("a");
        assertThat(status(() -> world.read(minimal.credentials(), "mimiciv/3.1/b.csv")))
                .isEqualTo(403);
    }

    @Test
    void lastFrom15MinutesTo12HoursAndNotLongerThanTheRoleAllows() {
        world.grant(ADA, "data/mimiciv/3.1/*");
        assertThat(refusal(() -> askFor(899))).isEqualTo("400 InvalidRequest");
        assertThat(refusal(() -> askFor(43_201))).isEqualTo("400 InvalidRequest");
        assertThat(refusal(() -> askFor(7201))).isEqualTo("400 StsValidationError");
        assertThat(askFor(7200).credentials().expiration())
                .isAfter(GrantsWorld.ask(world.ada, PREFIX + "*").credentials().expiration());
    }

    private GetDataAccessResponse askFor(int seconds) {
        return world.ada.getDataAccess(b -> b.accountId(OURS)
                .target(PREFIX + "*")
                .permission(Permission.READ)
                .durationSeconds(seconds));
    }

    /** S3 user guide, "S3 Access Grants cross-account access": resource policy on one side, identity policy on the other. */
    @Test
    void needTheInstancesPolicyForOtherAccountsAndTheCallersOwn() {
        world.grant(ADA, "data/mimiciv/3.1/*");
        assertThat(world.ada.listCallerAccessGrants(b -> b.accountId(OURS)).callerAccessGrantsList())
                .hasSize(1);
        assertThat(refusal(() -> world.ada.listAccessGrants(b -> b.accountId(OURS))))
                .isEqualTo("403 AccessDenied");
        assertThat(refusal(() -> world.ada.getAccessGrantsInstance(b -> b.accountId(OURS))))
                .as("never across accounts")
                .isEqualTo("403 AccessDenied");

        world.admin.deleteAccessGrantsInstanceResourcePolicy(b -> b.accountId(OURS));

        assertThat(refusal(() -> GrantsWorld.ask(world.ada, PREFIX + "*"))).isEqualTo("403 AccessDenied");
        assertThat(world.aws.canRead(ADA_ID, PREFIX).allowed()).isFalse();
    }

    @Test
    void needARoleThatTrustsTheService() {
        world.grant(ADA, "data/mimiciv/3.1/*");
        world.aws
                .iam(AwsWorld.ADMINISTRATOR)
                .updateAssumeRolePolicy(b -> b.roleName("grants").policyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
                         "Principal":{"Service":"access-grants.s3.amazonaws.com"}}]}"""));
        assertThat(refusal(() -> GrantsWorld.ask(world.ada, PREFIX + "*"))).isEqualTo("403 StsNotAuthorizedError");
        assertThat(world.aws.canRead(ADA_ID, PREFIX).allowed()).isFalse();
    }

    @Test
    void surviveADumpOfTheWorld() {
        world.grant(ADA, "data/mimiciv/3.1/*");
        Credentials credentials = GrantsWorld.ask(world.ada, PREFIX + "*").credentials();
        var simulator = world.aws.live().simulator();
        var before = simulator.state().get("aws");

        simulator.load(simulator.state());

        assertThat(simulator.state().get("aws")).isEqualTo(before);
        assertThat(world.read(credentials, "mimiciv/3.1/a.csv")).isEqualTo("a");
        assertThat(GrantsWorld.ask(world.ada, PREFIX + "*").matchedGrantTarget())
                .isEqualTo(PREFIX + "*");
    }

    static String refusal(Runnable call) {
        S3ControlException e = AwsWorld.refusal(S3ControlException.class, _ -> call.run());
        return e.statusCode() + " " + e.awsErrorDetails().errorCode();
    }

    private static int status(Runnable call) {
        return AwsWorld.refusal(S3Exception.class, _ -> call.run()).statusCode();
    }

    private static String code(Runnable call) {
        return AwsWorld.refusal(S3Exception.class, _ -> call.run())
                .awsErrorDetails()
                .errorCode();
    }
}

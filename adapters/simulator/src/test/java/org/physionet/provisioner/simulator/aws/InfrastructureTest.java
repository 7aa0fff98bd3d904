package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** The modules of {@code infra/aws}, applied for real: all but {@code scheduled-run}, for which see {@link ScheduledRunOnMotoTest}. */
class InfrastructureTest {
    private static final String ADA = "AIDAADAADAADAADAADAAD";

    @TempDir
    private Path folder = Path.of("");

    private final AwsWorld world = AwsWorld.open();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void isWrittenAsTerraformFormatsIt() {
        Tool.Result result = Tool.orSkip("terraform", InfrastructureFiles.folder())
                .with("CHECKPOINT_DISABLE", "1")
                .run("fmt", "-check", "-recursive", "-no-color");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void theExampleIsValidAndGivesEachModuleWhatItNeeds() throws IOException {
        InfrastructureFiles.copyTo(folder);
        Terraform terraform = Terraform.orSkip(world, folder.resolve("examples/mimic-iv"));
        terraform.init();
        terraform.validate();
    }

    @Test
    void appliesPlansToNothingLetsTheEngineHandOutReadsAndGoesAwayWithoutATrace() throws IOException {
        InfrastructureFiles.copyTo(folder);
        Path site = Files.createDirectory(folder.resolve("site"));
        Terraform terraform = Terraform.orSkip(world, site);
        world.with(ORGANIZATION);
        Files.writeString(
                site.resolve("main.tf"),
                Terraform.provider(world)
                        + Terraform.provider(world, "organization", "AKIACHIEF", "chief-secret")
                        + SITE);

        terraform.init();
        terraform.apply();
        terraform.assertNothingToChange();

        AwsSessionCredentials engine = engine();
        theEngineHandsOutAReadAndCanNotReadItself(engine);
        theEngineIsTheOnlyWriter(engine);
        checkpointsStay(engine);
        readsAndChangesAreLogged();
        List.of("site-data", "site-ledger", "site-logs").forEach(this::empty);
        terraform.destroy();
        assertThat(world.s3().listBuckets().buckets()).isEmpty();
        assertThat(world.iam(AwsWorld.ADMINISTRATOR).listRoles().roles()).isEmpty();
    }

    private AwsSessionCredentials engine() {
        var session = world.sts(AwsWorld.ADMINISTRATOR)
                .assumeRole(b ->
                        b.roleArn("arn:aws:iam::111122223333:role/provisioner").roleSessionName("run"))
                .credentials();
        return AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
    }

    private void theEngineHandsOutAReadAndCanNotReadItself(AwsSessionCredentials credentials) {
        world.s3().putObject(b -> b.bucket("site-data").key("a.csv"), RequestBody.fromString("a"));
        S3ControlClient engine = world.control(credentials);
        engine.createAccessPoint(
                b -> b.accountId(AwsWorld.ACCOUNT).name("site-01").bucket("site-data"));
        engine.putAccessPointPolicy(
                b -> b.accountId(AwsWorld.ACCOUNT).name("site-01").policy(AwsWorld.shard("site-01", "", ADA)));
        assertThat(engine.getAccessPointPolicyStatus(
                                b -> b.accountId(AwsWorld.ACCOUNT).name("site-01"))
                        .policyStatus()
                        .isPublic())
                .isFalse();
        assertThat(world.canRead(ADA, "s3://site-data/a.csv").allowed()).isTrue();

        assertThat(AwsWorld.refusal(
                                S3ControlException.class,
                                _ -> engine.createAccessPoint(b -> b.accountId(AwsWorld.ACCOUNT)
                                        .name("other-01")
                                        .bucket("site-data")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(AwsWorld.refusal(
                                S3ControlException.class,
                                _ -> engine.deleteAccessPoint(
                                        b -> b.accountId(AwsWorld.ACCOUNT).name("site-01")))
                        .statusCode())
                .isEqualTo(403);
        S3Client engineS3 = world.s3(credentials);
        assertThat(AwsWorld.refusal(
                                S3Exception.class,
                                _ -> engineS3.getObjectAsBytes(
                                        b -> b.bucket("site-data").key("a.csv")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(AwsWorld.refusal(S3Exception.class, _ -> engineS3.deleteBucketPolicy(b -> b.bucket("site-data")))
                        .statusCode())
                .isEqualTo(403);
        world.control().deleteAccessPoint(b -> b.accountId(AwsWorld.ACCOUNT).name("site-01"));
    }

    /** Somebody of the same account whose own policy allows everything, and whom the organization's policy holds back. */
    private void theEngineIsTheOnlyWriter(AwsSessionCredentials credentials) {
        S3ControlClient engine = world.control(credentials);
        engine.createAccessPoint(
                b -> b.accountId(AwsWorld.ACCOUNT).name("site-02").bucket("site-data"));
        AwsBasicCredentials rival = AwsBasicCredentials.create("AKIARIVAL", "rival-secret");
        S3ControlClient rivals = world.control(rival);
        S3ControlException refused = AwsWorld.refusal(
                S3ControlException.class,
                _ -> rivals.putAccessPointPolicy(
                        b -> b.accountId(AwsWorld.ACCOUNT).name("site-02").policy(AwsWorld.shard("site-02", "", ADA))));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.getMessage()).contains("with an explicit deny in a service control policy");
        assertThat(AwsWorld.refusal(
                                S3Exception.class, _ -> world.s3(rival).deleteBucketPolicy(b -> b.bucket("site-data")))
                        .getMessage())
                .contains("service control policy");
        assertThat(AwsWorld.refusal(
                                IamException.class,
                                _ -> world.iam(rival).deleteRolePermissionsBoundary(b -> b.roleName("provisioner")))
                        .getMessage())
                .contains("service control policy");
        engine.putAccessPointPolicy(
                b -> b.accountId(AwsWorld.ACCOUNT).name("site-02").policy(AwsWorld.shard("site-02", "", ADA)));

        rivals.createAccessPoint(
                b -> b.accountId(AwsWorld.ACCOUNT).name("rivals-own").bucket("site-data"));
        rivals.deleteAccessPoint(b -> b.accountId(AwsWorld.ACCOUNT).name("rivals-own"));
        world.control().deleteAccessPoint(b -> b.accountId(AwsWorld.ACCOUNT).name("site-02"));
    }

    private void checkpointsStay(AwsSessionCredentials credentials) {
        S3Client engine = world.s3(credentials);
        engine.putObject(
                b -> b.bucket("site-ledger").key("checkpoints/1").ifNoneMatch("*"), RequestBody.fromString("one"));
        assertThat(engine.listObjectsV2(b -> b.bucket("site-ledger")).contents())
                .hasSize(1);
        String version = engine.headObject(b -> b.bucket("site-ledger").key("checkpoints/1"))
                .versionId();
        for (Consumer<Void> attack : List.<Consumer<Void>>of(
                _ -> world.s3()
                        .putObject(b -> b.bucket("site-ledger").key("checkpoints/1"), RequestBody.fromString("forged")),
                _ -> world.s3().deleteObject(b -> b.bucket("site-ledger").key("checkpoints/1")),
                _ -> world.s3()
                        .deleteObject(b ->
                                b.bucket("site-ledger").key("checkpoints/1").versionId(version)))) {
            assertThat(AwsWorld.refusal(S3Exception.class, attack).statusCode()).isEqualTo(403);
        }
        assertThat(engine.getObjectAsBytes(b -> b.bucket("site-ledger").key("checkpoints/1"))
                        .asUtf8String())
                .isEqualTo("one");
    }

    private void readsAndChangesAreLogged() throws IOException {
        AwsWorld.refusal(
                S3Exception.class,
                _ -> world.s3(AwsBasicCredentials.create("AKIANOBODY", "x"))
                        .getObjectAsBytes(b -> b.bucket("site-data").key("a.csv")));
        world.advance(Duration.ofHours(2));
        assertThat(world.s3()
                        .listObjectsV2(b -> b.bucket("site-logs").prefix("s3/site-data/"))
                        .contents())
                .isNotEmpty();
        StringBuilder trail = new StringBuilder();
        for (var file : world.s3()
                .listObjectsV2(b -> b.bucket("site-logs").prefix("AWSLogs/" + AwsWorld.ACCOUNT + "/CloudTrail/"))
                .contents()) {
            try (GZIPInputStream unzipped = new GZIPInputStream(
                    world.s3().getObject(b -> b.bucket("site-logs").key(file.key())))) {
                trail.append(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(trail).contains("\"eventName\":\"PutAccessPointPolicy\"").contains("\"eventName\":\"GetObject\"");
    }

    /** Every version of everything, as its time had come. */
    private void empty(String bucket) {
        var all = world.s3().listObjectVersions(b -> b.bucket(bucket));
        all.deleteMarkers()
                .forEach(marker -> world.s3()
                        .deleteObject(b -> b.bucket(bucket).key(marker.key()).versionId(marker.versionId())));
        all.versions()
                .forEach(version -> world.s3()
                        .deleteObject(b -> b.bucket(bucket)
                                .key(version.key())
                                .versionId(version.versionId())
                                .bypassGovernanceRetention(true)));
    }

    private static final String ORGANIZATION = """
            {"organization":{"id":"o-site","management":"999900001111"},
             "accounts":{
              "111122223333":{"organization":"o-site","users":[{"arn":"arn:aws:iam::111122223333:user/rival",
                "attached":["arn:aws:iam::aws:policy/AdministratorAccess"],"keys":[{"id":"AKIARIVAL","secret":"rival-secret"}]}]},
              "999900001111":{"organization":"o-site","users":[{"arn":"arn:aws:iam::999900001111:user/chief",
                "attached":["arn:aws:iam::aws:policy/AdministratorAccess"],"keys":[{"id":"AKIACHIEF","secret":"chief-secret"}]}]}}}
            """;

    private static final String SITE = """
            module "logs" {
              source         = "../modules/log-bucket"
              name           = "site-logs"
              logged_buckets = ["site-data"]
              # A rule costs the provider half a minute of waiting, by the machine's clock.
              keep_days      = null
            }
            module "data" {
              source     = "../modules/data-bucket"
              name       = "site-data"
              log_bucket = module.logs.name
              tags       = { purpose = "data" }
            }
            module "ledger" {
              source    = "../modules/ledger-bucket"
              name      = "site-ledger"
              mode      = "GOVERNANCE"
              keep_days = 1
              writers   = [module.provisioner.role_arn]
            }
            module "provisioner" {
              source              = "../modules/provisioner"
              data_buckets        = [module.data.name]
              access_point_prefix = "site"
              trusted_principals  = ["arn:aws:iam::111122223333:root"]
              further_actions     = ["s3:PutObject", "s3:GetObject", "s3:ListBucket"]
            }
            module "trail" {
              source       = "../modules/trail"
              log_bucket   = module.logs.name
              data_buckets = [module.data.name]
              tags         = { purpose = "data" }
            }
            module "only_writer" {
              source                  = "../modules/only-writer"
              providers               = { aws = aws.organization }
              target                  = "111122223333"
              provisioner_role_arn    = module.provisioner.role_arn
              janitor_role_arn        = "arn:aws:iam::111122223333:user/administrator"
              infrastructure_role_arn = "arn:aws:iam::111122223333:user/administrator"
              access_point_prefix     = "site"
              data_buckets            = [module.data.name]
              tags                    = { purpose = "data" }
            }
            module "grants" {
              source              = "../modules/access-grants"
              data_buckets        = [module.data.name]
              researcher_accounts = ["444455556666"]
              tags                = { purpose = "data" }
            }
            """;
}

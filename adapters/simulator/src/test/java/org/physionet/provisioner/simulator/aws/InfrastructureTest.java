package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/**
 * The modules of {@code infra/aws}. Those whose services are simulated are applied for real; CloudTrail, Organizations, ECS, the
 * scheduler and CloudWatch Logs are not, so {@code trail}, {@code only-writer} and {@code scheduled-run} are validated only.
 */
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
        Tool.Result result = Tool.orSkip("terraform", infrastructure())
                .with("CHECKPOINT_DISABLE", "1")
                .run("fmt", "-check", "-recursive", "-no-color");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void theExampleIsValidAndGivesEachModuleWhatItNeeds() throws IOException {
        copy(infrastructure(), folder);
        Terraform terraform = Terraform.orSkip(world, folder.resolve("examples/mimic-iv"));
        terraform.init();
        terraform.validate();
    }

    @Test
    void appliesPlansToNothingLetsTheEngineHandOutReadsAndGoesAwayWithoutATrace() throws IOException {
        copy(infrastructure(), folder);
        Path site = Files.createDirectory(folder.resolve("site"));
        Terraform terraform = Terraform.orSkip(world, site);
        Files.writeString(site.resolve("main.tf"), Terraform.provider(world) + SITE);

        terraform.init();
        terraform.apply();
        terraform.assertNothingToChange();

        theEngineHandsOutAReadAndCanNotReadItself();
        readsAreLogged();
        world.s3().deleteObject(b -> b.bucket("site-data").key("a.csv"));
        emptyLogs();
        terraform.destroy();
        assertThat(world.s3().listBuckets().buckets()).isEmpty();
        assertThat(world.iam(AwsWorld.ADMINISTRATOR).listRoles().roles()).isEmpty();
    }

    private void theEngineHandsOutAReadAndCanNotReadItself() {
        world.s3().putObject(b -> b.bucket("site-data").key("a.csv"), RequestBody.fromString("a"));
        var session = world.sts(AwsWorld.ADMINISTRATOR)
                .assumeRole(b ->
                        b.roleArn("arn:aws:iam::111122223333:role/provisioner").roleSessionName("run"))
                .credentials();
        AwsSessionCredentials credentials =
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
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

    private void readsAreLogged() {
        AwsWorld.refusal(
                S3Exception.class,
                _ -> world.s3(AwsBasicCredentials.create("AKIANOBODY", "x"))
                        .getObjectAsBytes(b -> b.bucket("site-data").key("a.csv")));
        world.advance(Duration.ofHours(2));
        assertThat(world.s3()
                        .listObjectsV2(b -> b.bucket("site-logs").prefix("s3/site-data/"))
                        .contents())
                .isNotEmpty();
    }

    private void emptyLogs() {
        world.s3()
                .listObjectsV2(b -> b.bucket("site-logs"))
                .contents()
                .forEach(object ->
                        world.s3().deleteObject(b -> b.bucket("site-logs").key(object.key())));
    }

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
            }
            module "grants" {
              source              = "../modules/access-grants"
              data_buckets        = [module.data.name]
              researcher_accounts = ["444455556666"]
              tags                = { purpose = "data" }
            }
            """;

    private static Path infrastructure() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("infra/aws/modules"))) {
                return at.resolve("infra/aws");
            }
        }
        assumeTrue(false, "infra/aws is not beside this checkout's modules: skipped");
        throw new IllegalStateException("assumptions throw");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(file -> Files.isRegularFile(file) && !file.toString().contains(".terraform"))
                    .forEach(file -> {
                        try {
                            Path target = to.resolve(from.relativize(file).toString());
                            Files.createDirectories(target.getParent());
                            Files.copy(file, target);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}

package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.AccessPoint;
import software.amazon.awssdk.services.s3control.model.GetAccessPointResponse;
import software.amazon.awssdk.services.s3control.model.NetworkOrigin;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

class AccessPointsTest {
    private static final String ADA = "AIDAADAADAADAADAADAAD";
    private static final String BOB = "AIDABOBBOBBOBBOBBOBBO";
    private static final String PEOPLE = """
            {"accounts":{"444455556666":{"users":[
              {"arn":"arn:aws:iam::444455556666:user/ada","id":"AIDAADAADAADAADAADAAD","keys":[{"id":"AKIAADA","secret":"a"}]},
              {"arn":"arn:aws:iam::444455556666:user/bob","id":"AIDABOBBOBBOBBOBBOBBO","keys":[{"id":"AKIABOB","secret":"b"}]}]}}}
            """;

    private final AwsWorld world =
            AwsWorld.open().with(PEOPLE).withDelegatingBucket("mimiciv/3.1/a.csv", "other/b.csv");
    private final S3ControlClient control = world.control();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void thePrincipalOnTheListReadsThroughTheAliasAndNobodyElseDoes() {
        String alias = world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "mimiciv/3.1/", ADA));
        S3Client ada = world.s3(AwsBasicCredentials.create("AKIAADA", "a"));
        S3Client bob = world.s3(AwsBasicCredentials.create("AKIABOB", "b"));

        assertThat(ada.getObjectAsBytes(b -> b.bucket(alias).key("mimiciv/3.1/a.csv"))
                        .asUtf8String())
                .isEqualTo("content of mimiciv/3.1/a.csv");
        assertThatThrownBy(() -> bob.getObjectAsBytes(b -> b.bucket(alias).key("mimiciv/3.1/a.csv")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        assertThatThrownBy(() -> ada.getObjectAsBytes(b -> b.bucket(alias).key("other/b.csv")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        assertThatThrownBy(() ->
                        ada.getObjectAsBytes(b -> b.bucket(AwsWorld.BUCKET).key("mimiciv/3.1/a.csv")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void revokedMeans403AtTheNextRead() {
        String alias = world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "mimiciv/3.1/", ADA, BOB));
        S3Client ada = world.s3(AwsBasicCredentials.create("AKIAADA", "a"));
        ada.getObjectAsBytes(b -> b.bucket(alias).key("mimiciv/3.1/a.csv"));

        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "mimiciv/3.1/", BOB));

        assertThatThrownBy(() -> ada.getObjectAsBytes(b -> b.bucket(alias).key("mimiciv/3.1/a.csv")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        assertThat(world.canRead(ADA, "s3://data-one/mimiciv/3.1/").allowed()).isFalse();
        assertThat(world.canRead(BOB, "s3://data-one/mimiciv/3.1/").allowed()).isTrue();
    }

    @Test
    void anAccessPointsArnWorksAsBucketNameOnItsRealHostName() {
        world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "mimiciv/3.1/", ADA));
        try (S3Client ada = world.s3ByProxy(
                AwsBasicCredentials.create("AKIAADA", "a"), "http://s3-accesspoint.us-east-1.amazonaws.com")) {
            assertThat(ada.getObjectAsBytes(
                                    b -> b.bucket(AwsWorld.arn("shard-01")).key("mimiciv/3.1/a.csv"))
                            .asUtf8String())
                    .isEqualTo("content of mimiciv/3.1/a.csv");
        }
    }

    @Test
    void anAccessPointIsShownAsMadeWithAllFourSwitchesOn() {
        String alias = world.createAccessPoint("shard-01");

        GetAccessPointResponse shown =
                control.getAccessPoint(b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01"));

        assertThat(shown.bucket()).isEqualTo(AwsWorld.BUCKET);
        assertThat(shown.alias()).isEqualTo(alias).endsWith("-s3alias").hasSizeLessThanOrEqualTo(63);
        assertThat(shown.accessPointArn()).isEqualTo(AwsWorld.arn("shard-01"));
        assertThat(shown.networkOrigin()).isEqualTo(NetworkOrigin.INTERNET);
        assertThat(shown.bucketAccountId()).isEqualTo(AwsWorld.ACCOUNT);
        assertThat(shown.endpoints()).containsKeys("ipv4", "dualstack", "fips");
        assertThat(shown.publicAccessBlockConfiguration().blockPublicPolicy()).isTrue();
        assertThat(shown.publicAccessBlockConfiguration().restrictPublicBuckets())
                .isTrue();
    }

    @Test
    void makingOneAgainIsAConflictAndKeepsItsPolicy() {
        world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "mimiciv/3.1/", ADA));

        assertThatThrownBy(() -> world.createAccessPoint("shard-01"))
                .isInstanceOfSatisfying(S3ControlException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(409);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessPointAlreadyOwnedByYou");
                });
        assertThat(control.getAccessPointPolicy(
                                b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01"))
                        .policy())
                .contains(ADA);
    }

    @Test
    void namesOutsideTheGrammarAreRefused() {
        for (String name : List.of("ab", "a".repeat(51), "-shard", "shard-", "Shard", "my.shard", "x-s3alias")) {
            assertThatThrownBy(() -> world.createAccessPoint(name)).as(name).isInstanceOf(S3ControlException.class);
        }
        assertThat(world.createAccessPoint("a".repeat(50))).isNotEmpty();
        assertThat(world.createAccessPoint("abc")).isNotEmpty();
    }

    @Test
    void whatDoesNotExistIs404WithItsCode() {
        assertThatThrownBy(() -> control.getAccessPoint(
                        b -> b.accountId(AwsWorld.ACCOUNT).name("nothing")))
                .isInstanceOfSatisfying(
                        S3ControlException.class, e -> assertThat(code(e)).isEqualTo("404 NoSuchAccessPoint"));
        assertThatThrownBy(() -> control.deleteAccessPoint(
                        b -> b.accountId(AwsWorld.ACCOUNT).name("nothing")))
                .isInstanceOfSatisfying(
                        S3ControlException.class, e -> assertThat(code(e)).isEqualTo("404 NoSuchAccessPoint"));
        world.createAccessPoint("shard-01");
        assertThatThrownBy(() -> control.getAccessPointPolicy(
                        b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01")))
                .isInstanceOfSatisfying(
                        S3ControlException.class, e -> assertThat(code(e)).isEqualTo("404 NoSuchAccessPointPolicy"));
        assertThatThrownBy(() -> control.createAccessPoint(
                        b -> b.accountId(AwsWorld.ACCOUNT).name("shard-02").bucket("no-such-bucket")))
                .isInstanceOfSatisfying(
                        S3ControlException.class, e -> assertThat(code(e)).isEqualTo("404 NoSuchBucket"));
    }

    @Test
    void anotherAccountsAccessPointsAreOutOfReach() {
        assertThatThrownBy(() -> control.listAccessPoints(b -> b.accountId("444455556666")))
                .isInstanceOfSatisfying(
                        S3ControlException.class, e -> assertThat(code(e)).isEqualTo("403 AccessDenied"));
    }

    @Test
    void listingGoesPageByPageInTheOrderOfNames() {
        List<String> names =
                IntStream.range(0, 25).mapToObj("shard-%03d"::formatted).toList();
        names.forEach(world::createAccessPoint);

        List<String> listed = control
                .listAccessPointsPaginator(b ->
                        b.accountId(AwsWorld.ACCOUNT).bucket(AwsWorld.BUCKET).maxResults(10))
                .stream()
                .flatMap(page -> page.accessPointList().stream())
                .map(AccessPoint::name)
                .toList();

        assertThat(listed).isEqualTo(names);
    }

    @Test
    void aBucketWithAccessPointsCanNotBeDeleted() {
        S3Client s3 = world.s3();
        s3.createBucket(b -> b.bucket("empty-bucket"));
        control.createAccessPoint(
                b -> b.accountId(AwsWorld.ACCOUNT).name("to-empty").bucket("empty-bucket"));

        assertThatThrownBy(() -> s3.deleteBucket(b -> b.bucket("empty-bucket")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("BucketHasAccessPointsAttached"));
        control.deleteAccessPoint(b -> b.accountId(AwsWorld.ACCOUNT).name("to-empty"));
        s3.deleteBucket(b -> b.bucket("empty-bucket"));
        assertThat(s3.listBuckets().buckets()).extracting("name").containsExactly(AwsWorld.BUCKET);
    }

    private static String code(S3ControlException e) {
        return e.statusCode() + " " + e.awsErrorDetails().errorCode();
    }
}

package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Versions and Object Lock as the S3 user guide tells of them. */
class ObjectLockTest {
    private static final String BUCKET = "ledger-copies";

    private final AwsWorld world = AwsWorld.open();
    private final S3Client s3 = world.s3();

    @AfterEach
    void close() {
        world.close();
    }

    private void locked(ObjectLockRetentionMode mode) {
        s3.createBucket(b -> b.bucket(BUCKET).objectLockEnabledForBucket(true));
        s3.putObjectLockConfiguration(b -> b.bucket(BUCKET)
                .objectLockConfiguration(c -> c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                        .rule(r -> r.defaultRetention(d -> d.mode(mode).days(7)))));
    }

    private String put(String text) {
        return s3.putObject(b -> b.bucket(BUCKET).key("part"), RequestBody.fromString(text))
                .versionId();
    }

    private String read() {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("part")).asUtf8String();
    }

    private static S3Exception refusal(Consumer<Void> call) {
        return AwsWorld.refusal(S3Exception.class, call);
    }

    @Test
    void aVersionThatIsHeldInComplianceGoesForNobodyBeforeItsTime() {
        locked(ObjectLockRetentionMode.COMPLIANCE);
        String first = put("one");
        S3Exception refused = refusal(_ -> s3.deleteObject(
                b -> b.bucket(BUCKET).key("part").versionId(first).bypassGovernanceRetention(true)));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");

        world.live().simulator().load(world.live().simulator().state());
        world.advance(Duration.ofDays(6));
        assertThat(refusal(_ -> s3.deleteObject(
                                b -> b.bucket(BUCKET).key("part").versionId(first)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(read()).isEqualTo("one");
        world.advance(Duration.ofDays(1));
        s3.deleteObject(b -> b.bucket(BUCKET).key("part").versionId(first));
        s3.deleteBucket(b -> b.bucket(BUCKET));
    }

    @Test
    void governanceYieldsOnlyToWhoMayAndSaysSo() {
        locked(ObjectLockRetentionMode.GOVERNANCE);
        String first = put("one");
        assertThat(refusal(_ -> s3.deleteObject(
                                b -> b.bucket(BUCKET).key("part").versionId(first)))
                        .statusCode())
                .isEqualTo(403);
        s3.putBucketPolicy(b -> b.bucket(BUCKET).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*",
                 "Action":"s3:BypassGovernanceRetention","Resource":"arn:aws:s3:::ledger-copies/*"}]}"""));
        assertThat(refusal(_ -> s3.deleteObject(b ->
                                b.bucket(BUCKET).key("part").versionId(first).bypassGovernanceRetention(true)))
                        .statusCode())
                .isEqualTo(403);
        s3.deleteBucketPolicy(b -> b.bucket(BUCKET));
        s3.deleteObject(b -> b.bucket(BUCKET).key("part").versionId(first).bypassGovernanceRetention(true));
        assertThat(s3.listObjectVersions(b -> b.bucket(BUCKET)).versions()).isEmpty();
    }

    @Test
    void anOverwriteAndADeletionKeepWhatStoodThere() {
        locked(ObjectLockRetentionMode.COMPLIANCE);
        String first = put("one");
        put("two");
        assertThat(read()).isEqualTo("two");
        s3.deleteObject(b -> b.bucket(BUCKET).key("part"));
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents()).isEmpty();
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("part").versionId(first))
                        .asUtf8String())
                .isEqualTo("one");
        var listed = s3.listObjectVersions(b -> b.bucket(BUCKET));
        assertThat(listed.versions()).hasSize(2);
        assertThat(listed.deleteMarkers()).singleElement().satisfies(marker -> {
            assertThat(marker.isLatest()).isTrue();
            s3.deleteObject(b -> b.bucket(BUCKET).key("part").versionId(marker.versionId()));
        });
        assertThat(read()).isEqualTo("two");
        assertThat(refusal(_ -> s3.deleteBucket(b -> b.bucket(BUCKET)))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("BucketNotEmpty");
    }

    @Test
    void anUploadWithoutAChecksumOrWithAWrongOneIsRefused() {
        locked(ObjectLockRetentionMode.COMPLIANCE);
        try (S3Client bare = S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsWorld.ADMINISTRATOR))
                .endpointOverride(world.url())
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .build()) {
            S3Exception without =
                    refusal(_ -> bare.putObject(b -> b.bucket(BUCKET).key("part"), RequestBody.fromString("one")));
            assertThat(without.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest");
            assertThat(without.getMessage()).contains("x-amz-checksum-");
        }
        S3Exception wrong = refusal(_ ->
                s3.putObject(b -> b.bucket(BUCKET).key("part").checksumSHA256("AAAA"), RequestBody.fromString("one")));
        assertThat(wrong.awsErrorDetails().errorCode()).isEqualTo("BadDigest");
        assertThat(s3.listObjectVersions(b -> b.bucket(BUCKET)).versions()).isEmpty();
    }

    @Test
    void versioningCanNotBeSuspendedWhereThereIsALock() {
        locked(ObjectLockRetentionMode.COMPLIANCE);
        assertThat(refusal(_ -> s3.putBucketVersioning(b -> b.bucket(BUCKET)
                                .versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED))))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("InvalidBucketState");
    }

    @Test
    void aPolicyCanDemandThatNothingIsOverwritten() {
        locked(ObjectLockRetentionMode.COMPLIANCE);
        s3.putBucketPolicy(b -> b.bucket(BUCKET).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:PutObject",
                 "Resource":"arn:aws:s3:::ledger-copies/*","Condition":{"Null":{"s3:if-none-match":"true"}}}]}"""));
        assertThat(refusal(_ -> put("one")).statusCode()).isEqualTo(403);
        s3.putObject(b -> b.bucket(BUCKET).key("part").ifNoneMatch("*"), RequestBody.fromString("one"));
        assertThat(refusal(_ -> s3.putObject(
                                b -> b.bucket(BUCKET).key("part").ifNoneMatch("*"), RequestBody.fromString("two")))
                        .statusCode())
                .isEqualTo(412);
        assertThat(read()).isEqualTo("one");
        assertThat(world.live().simulator().state().toString()).contains("\"mode\":\"COMPLIANCE\"");
    }
}

package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.Json;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class ObjectsTest {
    private final AwsWorld world = AwsWorld.open();
    private final S3Client s3 = world.s3();

    @AfterEach
    void close() {
        world.close();
    }

    private void put(String key, String text) {
        s3.putObject(
                b -> b.bucket("data").key(key).contentType("text/csv").metadata(Map.of("origin", "test")),
                RequestBody.fromString(text));
    }

    private int status(Runnable call) {
        return catchThrowableOfType(S3Exception.class, call::run).statusCode();
    }

    @Test
    void anObjectIsReadBackWholeInPartsAndOnlyIfChanged() {
        s3.createBucket(b -> b.bucket("data"));
        put("k", "0123456789");
        HeadObjectResponse head = s3.headObject(b -> b.bucket("data").key("k"));
        assertThat(head.contentLength()).isEqualTo(10);
        assertThat(head.contentType()).isEqualTo("text/csv");
        assertThat(head.metadata()).containsEntry("origin", "test");
        assertThat(head.eTag()).isEqualTo("\"781e5e245d69b566979b86e28d23f2c7\"");
        var part = s3.getObjectAsBytes(b -> b.bucket("data").key("k").range("bytes=2-4"));
        GetObjectResponse answer = part.response();
        assertThat(part.asUtf8String()).isEqualTo("234");
        assertThat(answer.contentRange()).isEqualTo("bytes 2-4/10");
        assertThat(s3.getObjectAsBytes(b -> b.bucket("data").key("k").range("bytes=-3"))
                        .asUtf8String())
                .isEqualTo("789");
        assertThat(status(
                        () -> s3.getObjectAsBytes(b -> b.bucket("data").key("k").range("bytes=10-"))))
                .isEqualTo(416);
        assertThat(status(
                        () -> s3.getObjectAsBytes(b -> b.bucket("data").key("k").ifNoneMatch(head.eTag()))))
                .isEqualTo(304);
        assertThat(status(
                        () -> s3.getObjectAsBytes(b -> b.bucket("data").key("k").ifMatch("\"x\""))))
                .isEqualTo(412);
        assertThat(status(() ->
                        s3.putObject(b -> b.bucket("data").key("k").ifNoneMatch("*"), RequestBody.fromString("x"))))
                .isEqualTo(412);
        s3.deleteObject(b -> b.bucket("data").key("k"));
        assertThat(status(() -> s3.headObject(b -> b.bucket("data").key("k")))).isEqualTo(404);
    }

    @Test
    void listingsFoldByDelimiterAndGoPageByPage() {
        s3.createBucket(b -> b.bucket("data"));
        IntStream.range(0, 7).forEach(i -> put("a/" + i + "/x", "x"));
        put("a/top", "x");
        put("b", "x");

        List<String> prefixes =
                s3
                        .listObjectsV2Paginator(b ->
                                b.bucket("data").prefix("a/").delimiter("/").maxKeys(3))
                        .stream()
                        .flatMap(page -> page.commonPrefixes().stream())
                        .map(CommonPrefix::prefix)
                        .toList();
        List<String> keys = s3.listObjectsV2Paginator(b -> b.bucket("data").maxKeys(2)).stream()
                .flatMap(page -> page.contents().stream())
                .map(S3Object::key)
                .toList();

        assertThat(prefixes).hasSize(7).first().isEqualTo("a/0/");
        assertThat(keys).hasSize(9).startsWith("a/0/x").endsWith("b");
        assertThat(s3.listObjects(b -> b.bucket("data").delimiter("/")).contents())
                .extracting("key")
                .containsExactly("b");
    }

    @Test
    void bucketsHaveAmazonsDefaultsUntilTheyAreChanged() {
        s3.createBucket(b -> b.bucket("data"));
        assertThat(s3.getPublicAccessBlock(b -> b.bucket("data"))
                        .publicAccessBlockConfiguration()
                        .blockPublicPolicy())
                .isTrue();
        assertThat(s3.getBucketOwnershipControls(b -> b.bucket("data"))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnershipAsString())
                .isEqualTo("BucketOwnerEnforced");
        assertThat(s3.getBucketEncryption(b -> b.bucket("data"))
                        .serverSideEncryptionConfiguration()
                        .rules())
                .hasSize(1);
        assertThat(status(() -> s3.getBucketPolicy(b -> b.bucket("data")))).isEqualTo(404);
        assertThat(status(() -> s3.getBucketTagging(b -> b.bucket("data")))).isEqualTo(404);
        s3.putBucketTagging(b ->
                b.bucket("data").tagging(t -> t.tagSet(x -> x.key("a").value("b"))));
        assertThat(s3.getBucketTagging(b -> b.bucket("data")).tagSet()).hasSize(1);
        assertThat(status(() -> s3.headBucket(b -> b.bucket("none")))).isEqualTo(404);
        put("k", "x");
        assertThat(status(() -> s3.deleteBucket(b -> b.bucket("data")))).isEqualTo(409);
    }

    @Test
    void callsAreCountedByTheNamesOfTheReference() {
        s3.createBucket(b -> b.bucket("data"));
        status(() -> s3.getBucketPolicy(b -> b.bucket("data")));
        assertThat(world.live().json("GET", "/_simulator/calls", "")).isEqualTo(Json.parse("""
                        [{"provider":"aws","method":"s3.CreateBucket","kind":"write","outcome":"200","count":1},
                         {"provider":"aws","method":"s3.GetBucketPolicy","kind":"read","outcome":"404","count":1}]"""));
    }

    @Test
    void injectedRefusalsCarryAmazonsCodes() {
        s3.createBucket(b -> b.bucket("data"));
        world.live()
                .send("POST", "/_simulator/faults", "[{\"method\":\"s3.PutBucketPolicy\",\"status\":409,\"count\":1}]");
        S3Exception e = catchThrowableOfType(
                S3Exception.class,
                () -> s3.putBucketPolicy(b -> b.bucket("data").policy("{}")));
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("OperationAborted");
    }
}

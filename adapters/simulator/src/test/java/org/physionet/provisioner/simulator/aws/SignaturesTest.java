package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.model.Credentials;

class SignaturesTest {
    private final AwsWorld world = AwsWorld.strict().with("""
                  {"accounts":{"444455556666":{
                    "users":[{"arn":"arn:aws:iam::444455556666:user/ada","id":"AIDAADAADAADAADAADAAD",
                      "keys":[{"id":"AKIAADA","secret":"ada's secret"},{"id":"AKIAOLD","secret":"x","active":false}]}],
                    "roles":[{"arn":"arn:aws:iam::444455556666:role/reader","id":"AROAREADERREADERREADE",
                      "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":
                        {"AWS":"arn:aws:iam::444455556666:user/ada"},"Action":"sts:AssumeRole"}]}}]}}}""").withDelegatingBucket("a b/ü+&=~'.csv");

    @AfterEach
    void close() {
        world.close();
    }

    private static AwsCredentials key(String id, String secret) {
        return AwsBasicCredentials.create(id, secret);
    }

    private String refused(AwsCredentials credentials) {
        AwsServiceException e = catchThrowableOfType(
                AwsServiceException.class, () -> world.s3(credentials).listBuckets());
        AwsServiceException f = catchThrowableOfType(
                AwsServiceException.class, () -> world.sts(credentials).getCallerIdentity());
        return e.statusCode() + " " + e.awsErrorDetails().errorCode() + ", " + f.statusCode() + " "
                + f.awsErrorDetails().errorCode();
    }

    private HttpResponse<String> get(URI uri) {
        return world.live().send(HttpRequest.newBuilder(uri).build());
    }

    @Test
    void wrongSecretsUnknownKeysAndInactiveKeysAreRefusedWithEachServicesOwnCode() {
        assertThat(refused(key("AKIAADA", "wrong"))).isEqualTo("403 SignatureDoesNotMatch, 403 SignatureDoesNotMatch");
        assertThat(refused(key("AKIANOBODY", "x"))).isEqualTo("403 InvalidAccessKeyId, 403 InvalidClientTokenId");
        assertThat(refused(key("AKIAOLD", "x"))).isEqualTo("403 InvalidAccessKeyId, 403 InvalidClientTokenId");
        assertThat(refused(key("test", "Test"))).isEqualTo("403 SignatureDoesNotMatch, 403 SignatureDoesNotMatch");
    }

    @Test
    void everyCallerIsToldWhoHeIs() {
        assertThat(world.sts(key("AKIAADA", "ada's secret")).getCallerIdentity().arn())
                .isEqualTo("arn:aws:iam::444455556666:user/ada");
        assertThat(world.sts(AwsWorld.ADMINISTRATOR).getCallerIdentity().account())
                .isEqualTo(AwsWorld.ACCOUNT);
    }

    @Test
    void anAssumedRoleSignsWithItsTokenAndIsNobodyWithoutIt() {
        Credentials given = world.sts(key("AKIAADA", "ada's secret"))
                .assumeRole(
                        b -> b.roleArn("arn:aws:iam::444455556666:role/reader").roleSessionName("lab"))
                .credentials();
        var session = AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());

        assertThat(world.sts(session).getCallerIdentity().userId()).isEqualTo("AROAREADERREADERREADE:lab");
        assertThat(world.sts(session).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::444455556666:assumed-role/reader/lab");
        assertThat(refused(key(given.accessKeyId(), given.secretAccessKey())))
                .isEqualTo("400 InvalidToken, 403 InvalidClientTokenId");

        world.advance(Duration.ofHours(2));
        assertThat(refused(session)).isEqualTo("400 ExpiredToken, 403 ExpiredToken");
    }

    @Test
    void aRoleThatDoesNotTrustTheCallerIsNotAssumed() {
        AwsServiceException e = catchThrowableOfType(
                AwsServiceException.class,
                () -> world.sts(AwsWorld.ADMINISTRATOR)
                        .assumeRole(b -> b.roleArn("arn:aws:iam::444455556666:role/reader")
                                .roleSessionName("lab")));
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    }

    @Test
    void keysWithBlanksUmlautsAndSignsSurviveSigning() {
        assertThat(world.s3()
                        .getObjectAsBytes(b -> b.bucket(AwsWorld.BUCKET).key("a b/ü+&=~'.csv"))
                        .asUtf8String())
                .isEqualTo("content of a b/ü+&=~'.csv");
    }

    @Test
    void chunkedUploadsSignedAndUnsignedAreUnwrapped() {
        byte[] data = new byte[400_000];
        new Random(7).nextBytes(data);
        S3Client chunked = S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsWorld.ADMINISTRATOR))
                .endpointOverride(world.url())
                .forcePathStyle(true)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(true).build())
                .httpClient(world.proxied())
                .build();

        chunked.putObject(
                b -> b.bucket(AwsWorld.BUCKET).key("big"),
                RequestBody.fromInputStream(new ByteArrayInputStream(data), data.length));

        assertThat(world.s3()
                        .getObjectAsBytes(b -> b.bucket(AwsWorld.BUCKET).key("big"))
                        .asByteArray())
                .isEqualTo(data);
    }

    @Test
    void aChunkChangedOnItsWayIsRefused() {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(URI.create(world.url() + "/data-one/tampered"))
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsWorld.ADMINISTRATOR)
                        .request(request)
                        .payload(() -> new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true));
        byte[] body;
        try (var stream = signed.payload().orElseThrow().newStream()) {
            body = stream.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(put(signed, body).statusCode()).isEqualTo(200);
        byte[] changed = Arrays.copyOf(body, body.length);
        int at = new String(body, StandardCharsets.US_ASCII).indexOf("hello");
        changed[at] = 'j';

        HttpResponse<String> answer = put(signed, changed);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    }

    private HttpResponse<String> put(SignedRequest signed, byte[] body) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(signed.request().getUri()).PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        signed.request().forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return world.live().send(builder.build());
    }

    @Test
    void presignedReadsWorkUntilTheyAreTamperedWith() {
        try (S3Presigner presigner = S3Presigner.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsWorld.ADMINISTRATOR))
                .endpointOverride(world.url())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            URI url = URI.create(presigner
                    .presignGetObject(b -> b.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(g -> g.bucket(AwsWorld.BUCKET).key("a b/ü+&=~'.csv")))
                    .url()
                    .toString());

            assertThat(get(url).body()).isEqualTo("content of a b/ü+&=~'.csv");
            assertThat(get(URI.create(url.toString().replace("Expires=300", "Expires=900")))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(get(URI.create(url.toString().replaceFirst("\\?.*", ""))).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aPresignedCallerIdentityAnswersAndItsSignedHeaderIsBound() {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create(world.url() + "/?Action=GetCallerIdentity&Version=2011-06-15"))
                .putHeader("x-k8s-aws-id", "data.example.org/n=4f9c")
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsBasicCredentials.create("AKIAADA", "ada's secret"))
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(60)));
        URI url = signed.request().getUri();

        HttpResponse<String> right = world.live()
                .send(HttpRequest.newBuilder(url)
                        .header("x-k8s-aws-id", "data.example.org/n=4f9c")
                        .header("accept", "application/json")
                        .build());
        HttpResponse<String> wrong = world.live()
                .send(HttpRequest.newBuilder(url)
                        .header("x-k8s-aws-id", "evil.example.org/n=4f9c")
                        .build());

        assertThat(right.body())
                .contains("\"GetCallerIdentityResult\":{\"Account\":\"444455556666\"")
                .contains("\"UserId\":\"AIDAADAADAADAADAADAAD\"");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    }

    @Test
    void theWorldsClockMovesNoSignature() {
        world.advance(Duration.ofDays(400));
        assertThat(world.s3().listBuckets().buckets()).hasSize(1);
    }

    @Test
    void unsignedRequestsAreAnonymousAndDenied() {
        assertThat(get(URI.create(world.url() + "/data-one/x")).statusCode()).isEqualTo(403);
        assertThat(get(URI.create(world.url() + "/?Action=GetCallerIdentity&Version=2011-06-15"))
                        .body())
                .contains("MissingAuthenticationToken");
    }

    @Test
    void deniedReadsSayWhy() {
        S3Exception e = catchThrowableOfType(
                S3Exception.class,
                () -> world.s3(key("AKIAADA", "ada's secret"))
                        .getObjectAsBytes(b -> b.bucket(AwsWorld.BUCKET).key("a b/ü+&=~'.csv")));
        assertThat(e.awsErrorDetails().errorMessage())
                .contains("arn:aws:iam::444455556666:user/ada")
                .contains("policy of bucket data-one does not allow it");
    }
}

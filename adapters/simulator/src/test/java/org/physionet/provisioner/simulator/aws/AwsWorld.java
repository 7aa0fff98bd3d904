package org.physionet.provisioner.simulator.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.LiveWorld;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.World.Accounts;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A simulated AWS on a real port, with Amazon's own clients pointed at it as facts/aws.md B2 describes. */
public final class AwsWorld implements AutoCloseable {
    public static final String ACCOUNT = "111122223333";
    public static final String BUCKET = "data-one";
    public static final AwsCredentials ADMINISTRATOR = AwsBasicCredentials.create("test", "test");

    private final LiveWorld live;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();

    public AwsWorld(Accounts accounts) {
        live = new LiveWorld(new Simulator(
                SimulatorOptions.defaults().withAccounts(accounts), world -> List.of(new AwsCloud(world))));
    }

    public static AwsWorld open() {
        return new AwsWorld(Accounts.OPEN);
    }

    public static AwsWorld strict() {
        return new AwsWorld(Accounts.STRICT);
    }

    /** The AWS part of the state. */
    public AwsWorld with(String aws) {
        live.simulator().load(Json.MAPPER.createObjectNode().set("aws", Json.parse(aws)));
        return this;
    }

    public LiveWorld live() {
        return live;
    }

    public URI url() {
        return URI.create(live.url());
    }

    public Verdict canRead(String principal, String resource) {
        return live.simulator().canRead("aws", principal, resource);
    }

    public void advance(Duration time) {
        live.simulator().clock().advance(time);
    }

    public S3Client s3() {
        return s3(ADMINISTRATOR);
    }

    public S3Client s3(AwsCredentials credentials) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .endpointOverride(url())
                .forcePathStyle(true)
                .httpClient(http)
                .build();
    }

    /** With real host names, the simulator being the client's forward proxy. */
    public S3Client s3ByProxy(AwsCredentials credentials, String endpoint) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .endpointOverride(URI.create(endpoint))
                .httpClient(proxied())
                .build();
    }

    public SdkHttpClient proxied() {
        return UrlConnectionHttpClient.builder()
                .proxyConfiguration(ProxyConfiguration.builder().endpoint(url()).build())
                .build();
    }

    public S3ControlClient control() {
        return control(ADMINISTRATOR);
    }

    public S3ControlClient control(AwsCredentials credentials) {
        return S3ControlClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(http)
                .endpointProvider(_ -> CompletableFuture.completedFuture(
                        Endpoint.builder().url(url()).build()))
                .build();
    }

    public IamClient iam(AwsCredentials credentials) {
        return IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .endpointOverride(url())
                .httpClient(http)
                .build();
    }

    public StsClient sts(AwsCredentials credentials) {
        return StsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .endpointOverride(url())
                .httpClient(http)
                .build();
    }

    /** A bucket of the administrator's account with an object of text per key, which delegates reads to access points. */
    public AwsWorld withDelegatingBucket(String... keys) {
        s3().createBucket(b -> b.bucket(BUCKET));
        return withDelegating(keys);
    }

    /** The same with a bucket that is there. */
    public AwsWorld withDelegating(String... keys) {
        for (String key : keys) {
            s3().putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString("content of " + key));
        }
        s3().putBucketPolicy(b -> b.bucket(BUCKET).policy(delegation(BUCKET)));
        return this;
    }

    /** facts/aws.md A1.3. */
    public static String delegation(String bucket) {
        return """
                {"Version":"2012-10-17","Statement":[{"Sid":"DelegateReads","Effect":"Allow","Principal":"*",
                 "Action":["s3:GetObject","s3:ListBucket"],
                 "Resource":["arn:aws:s3:::%s","arn:aws:s3:::%s/*"],
                 "Condition":{"StringEquals":{"s3:DataAccessPointAccount":"%s"}}}]}""".formatted(bucket, bucket, ACCOUNT);
    }

    public static String arn(String accessPoint) {
        return "arn:aws:s3:us-east-1:" + ACCOUNT + ":accesspoint/" + accessPoint;
    }

    public String createAccessPoint(String name) {
        return control()
                .createAccessPoint(b -> b.accountId(ACCOUNT).name(name).bucket(BUCKET))
                .alias();
    }

    public void putPolicy(String accessPoint, String policy) {
        control()
                .putAccessPointPolicy(
                        b -> b.accountId(ACCOUNT).name(accessPoint).policy(policy));
    }

    /** The engine's form: everyone, on condition of a unique id. */
    public static String shard(String accessPoint, String prefix, String... ids) {
        return """
                {"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                 "Resource":"%s/object/%s*","Condition":{"StringEquals":{"aws:userid":["%s"]}}}]}""".formatted(arn(accessPoint), prefix, String.join("\",\"", ids));
    }

    /** What PhysioNet runs: unique ids as principals. */
    public static String principals(String accessPoint, String prefix, String... principals) {
        return """
                {"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Principal":{"AWS":["%s"]},
                 "Action":"s3:GetObject","Resource":"%s/object/%s*"}]}""".formatted(String.join("\",\"", principals), arn(accessPoint), prefix);
    }

    /** Runs a call that must fail and gives its error. */
    public static <E extends Throwable> E refusal(Class<E> type, Consumer<Void> call) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(type, () -> call.accept(null));
    }

    @Override
    public void close() {
        live.close();
    }
}

package org.physionet.provisioner.adapters.aws;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;

/**
 * A contract world on a server that somebody else wrote, which stores what it is sent and decides nothing (facts/aws.md B1): who can read is
 * taken from the policies that it stores, read with our own client. The adapter comes in through a doorway.
 */
final class StoringAws implements ContractWorld {
    /** moto takes an unknown key for this account, LocalStack a key for the account that it spells. */
    private static final String ACCOUNT = "123456789012";

    /** One server serves many worlds: no two of them have a bucket in common. */
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final String layout;
    private final Doorway doorway;
    private final SdkHttpClient http = ApacheHttpClient.create();
    private final S3Client s3;
    private final S3ControlClient control;

    StoringAws(URI server, String layout) {
        this.layout = layout;
        this.doorway = new Doorway(server);
        AwsCredentialsProvider administrator =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "test"));
        s3 = S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(administrator)
                .endpointOverride(server)
                .forcePathStyle(true)
                .httpClient(http)
                .build();
        Endpoint endpoint = Endpoint.builder().url(server).build();
        control = S3ControlClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(administrator)
                .httpClient(http)
                .endpointProvider(p -> CompletableFuture.completedFuture(endpoint))
                .build();
    }

    private boolean inBucketPolicy() {
        return layout.equals(S3ResourceKind.BUCKET_POLICY);
    }

    @Override
    public AdapterProvider provider() {
        return new AwsAdapterProvider();
    }

    @Override
    public Settings settings() {
        return new Settings(
                "aws",
                Map.of(
                        "account", ACCOUNT,
                        "region", "us-east-1",
                        "credentials", "static",
                        "accessKey", ACCOUNT,
                        "secretKey", "test",
                        "endpoint", doorway.address().toString(),
                        "emulator", "moto"),
                Path.of(""));
    }

    @Override
    public Resource newResource() {
        String bucket = "witnessed-bucket-" + BUCKETS.incrementAndGet();
        s3.createBucket(r -> r.bucket(bucket));
        s3.putPublicAccessBlock(r -> r.bucket(bucket)
                .publicAccessBlockConfiguration(b -> b.blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)));
        if (!inBucketPolicy()) {
            s3.putBucketPolicy(r -> r.bucket(bucket).policy(SimulatedAws.delegation(bucket, ACCOUNT)));
        }
        return ScriptedAws.resource(bucket + "/mimiciv/3.1/", layout);
    }

    @Override
    public Resource missingResource() {
        return ScriptedAws.resource("no-such-bucket-here/mimiciv/3.1/", layout);
    }

    @Override
    public CloudAccount person(int number) {
        return new CloudAccount(
                "aws",
                SimulatedAws.id(number),
                Map.of("account", "999988887777", "arn", "arn:aws:iam::999988887777:user/person" + number),
                null);
    }

    @Override
    public CloudAccount stranger(int number) {
        return new CloudAccount("aws", "AROA%017d".formatted(number), Map.of("roleOptIn", "true"), null);
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        if (inBucketPolicy()) {
            new BucketRival(s3).addForeign(resource);
        } else {
            new ShardRival(control, ACCOUNT).addForeign(resource);
        }
    }

    @Override
    public boolean hasForeign(Resource resource) {
        return inBucketPolicy()
                ? new BucketRival(s3).hasForeign(resource)
                : new ShardRival(control, ACCOUNT).hasForeign(resource);
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        if (inBucketPolicy()) {
            new BucketRival(s3).addPerson(resource, person);
        } else {
            new ShardRival(control, ACCOUNT).addPerson(resource, person);
        }
    }

    @Override
    public boolean canRead(Resource resource, CloudAccount person) {
        return PolicyJson.letsIn(
                inBucketPolicy()
                        ? new BucketRival(s3).policy(resource)
                        : new ShardRival(control, ACCOUNT).policy(resource),
                person.id());
    }

    /** The server's own answer, for an access point by name. */
    boolean isCalledPublic(String accessPoint) {
        return control.getAccessPointPolicyStatus(r -> r.accountId(ACCOUNT).name(accessPoint))
                .policyStatus()
                .isPublic();
    }

    @Override
    public String readMethod() {
        return inBucketPolicy() ? "s3.GetBucketPolicy" : "s3control.ListAccessPoints";
    }

    @Override
    public String writeMethod() {
        return inBucketPolicy() ? "s3.PutBucketPolicy" : "s3control.PutAccessPointPolicy";
    }

    @Override
    public void trouble(String method, Trouble trouble) {
        doorway.trouble(method, trouble);
    }

    @Override
    public List<SeenCalls> calls() {
        return doorway.calls();
    }

    @Override
    public void forgetCalls() {
        doorway.forget();
    }

    /** Of one test: the clients and the doorway serve the next one, too. */
    @Override
    public void close() {
        doorway.reset();
    }

    void end() {
        doorway.close();
        s3.close();
        control.close();
        http.close();
    }
}

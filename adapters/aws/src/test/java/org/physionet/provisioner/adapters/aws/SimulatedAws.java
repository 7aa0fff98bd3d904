package org.physionet.provisioner.adapters.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.physionet.provisioner.adapters.contract.SimulatedWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.simulator.Fault;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The simulator as a contract world: a bucket with the delegating policy for each resource, researchers in another account. */
final class SimulatedAws extends SimulatedWorld {
    static final String OURS = SimulatedAccounts.OURS;
    private static final String THEIRS = SimulatedAccounts.THEIRS;

    private final SdkHttpClient http = ApacheHttpClient.create();
    private final SimulatedClients clients = new SimulatedClients(address(), http);
    private final S3Client s3;
    private final S3ControlClient control;
    private final AtomicInteger next = new AtomicInteger();

    SimulatedAws() {
        this(ours -> {});
    }

    /** @param more what our account has beside; its {@code serviceControlPolicies} are those of an organization that it is in */
    SimulatedAws(Consumer<ObjectNode> more) {
        simulator().load(SimulatedAccounts.state(more));
        AwsCredentials administrator = AwsBasicCredentials.create("test", "test");
        s3 = clients.s3(administrator);
        control = clients.control(administrator);
    }

    static String id(int number) {
        return "AIDA%017d".formatted(number);
    }

    S3Client s3() {
        return s3;
    }

    /** The person's own client, as their tools would sign. */
    S3Client s3Of(int number) {
        return clients.s3(SimulatedClients.person(number));
    }

    /** The person's own client for control calls. */
    S3ControlClient controlOf(int number) {
        return clients.control(SimulatedClients.person(number));
    }

    /** Person 1's session of their account's role {@code lab}. */
    AwsCredentials assumedRole() {
        try (StsClient sts = clients.sts(SimulatedClients.person(1))) {
            var c = sts.assumeRole(r ->
                            r.roleArn("arn:aws:iam::" + THEIRS + ":role/lab").roleSessionName("ada"))
                    .credentials();
            return AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken());
        }
    }

    /** A client for data with credentials that were vended. */
    S3Client s3With(AwsCredentials credentials) {
        return clients.s3(credentials);
    }

    S3ControlClient control() {
        return control;
    }

    @Override
    public AdapterProvider provider() {
        return new AwsAdapterProvider();
    }

    @Override
    public Settings settings() {
        return settings(Map.of());
    }

    Settings settings(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "account", OURS,
                "region", "us-east-1",
                "credentials", "static",
                "accessKey", "test",
                "secretKey", "test",
                "endpoint", address().toString()));
        values.putAll(more);
        return new Settings("aws", values, Path.of(""));
    }

    @Override
    public Resource newResource() {
        String bucket = "data-bucket-" + next.incrementAndGet();
        s3.createBucket(r -> r.bucket(bucket));
        s3.putBucketPolicy(r -> r.bucket(bucket).policy(delegation(bucket, OURS)));
        return ScriptedAws.resource(bucket + "/mimiciv/3.1/");
    }

    /** facts/aws.md A1.3. */
    static String delegation(String bucket, String account) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Delegate\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::" + bucket
                + "\",\"arn:aws:s3:::" + bucket + "/*\"],"
                + "\"Condition\":{\"StringEquals\":{\"s3:DataAccessPointAccount\":\"" + account + "\"}}}]}";
    }

    @Override
    public Resource missingResource() {
        return ScriptedAws.resource("no-such-bucket-here/mimiciv/3.1/");
    }

    @Override
    public CloudAccount person(int number) {
        return new CloudAccount(
                "aws",
                id(number),
                Map.of("account", THEIRS, "arn", "arn:aws:iam::" + THEIRS + ":user/person" + number),
                null);
    }

    /** A role that does not exist: users stand in a condition, which AWS does not check (facts/aws.md A1.4). */
    @Override
    public CloudAccount stranger(int number) {
        return new CloudAccount("aws", "AROA%017d".formatted(number), Map.of("roleOptIn", "true"), null);
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        rival().addForeign(resource);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        return rival().hasForeign(resource);
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        rival().addPerson(resource, person);
    }

    private ShardRival rival() {
        return new ShardRival(control, OURS);
    }

    @Override
    public String readMethod() {
        return "s3control.ListAccessPoints";
    }

    @Override
    public String writeMethod() {
        return "s3control.PutAccessPointPolicy";
    }

    /** AWS has two kinds of 503. The contract means the one that does not say "too fast": ErrorTableTest has the other. */
    @Override
    public void trouble(String method, Trouble trouble) {
        simulator()
                .inject(List.of(new Fault(
                        method,
                        trouble.status(),
                        trouble.status() == 503 ? "ServiceUnavailable" : trouble.reason(),
                        trouble.isReset(),
                        trouble.applied(),
                        false,
                        Duration.ZERO,
                        1.0,
                        OptionalLong.of(1))));
    }

    @Override
    public void close() {
        s3.close();
        control.close();
        http.close();
        super.close();
    }
}

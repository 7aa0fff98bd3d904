package org.physionet.provisioner.adapters.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
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
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The simulator as a contract world: a bucket with the delegating policy for each resource, researchers in another account. */
final class SimulatedAws extends SimulatedWorld {
    static final String OURS = "111122223333";
    private static final String THEIRS = "999988887777";
    private static final int PEOPLE = 60;
    private static final JsonMapper JSON = new JsonMapper();

    /** The role of locations in S3 Access Grants: trusts the service, may read. */
    private static final String GRANTS_ROLE = """
            {"arn":"arn:aws:iam::111122223333:role/grants","id":"AROAGRANTSGRANTSGRANT","maxSessionSeconds":3600,
             "policies":{"Serve":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":[\\"s3:GetObject\\",\\"s3:ListBucket\\"],\\"Resource\\":\\"*\\"}]}"},
             "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"access-grants.s3.amazonaws.com"},
               "Action":["sts:AssumeRole","sts:SetSourceIdentity"]}]}}""";

    /** A role of the researchers' account that may read what others let it. */
    private static final String TEAM_ROLE = """
            {"arn":"arn:aws:iam::999988887777:role/team/reading","id":"AROATEAMTEAMTEAMTEAMT",
             "policies":{"Read":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:*\\",\\"Resource\\":\\"*\\"}]}"}}""";

    /** A role of the researchers' account that person 1 may assume. */
    private static final String LAB_ROLE = """
            {"arn":"arn:aws:iam::999988887777:role/lab","id":"AROALABLABLABLABLABLA",
             "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
               "Principal":{"AWS":"arn:aws:iam::999988887777:user/person1"}}]}}""";

    private final SdkHttpClient http = ApacheHttpClient.create();
    private final AwsCredentialsProvider administrator =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    private final S3Client s3;
    private final S3ControlClient control;
    private final AtomicInteger next = new AtomicInteger();

    SimulatedAws() {
        this(ours -> {});
    }

    /** @param more what our account has beside; its {@code serviceControlPolicies} are those of an organization that it is in */
    SimulatedAws(Consumer<ObjectNode> more) {
        simulator().load(JSON.createObjectNode().set("aws", state(more)));
        s3 = S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(administrator)
                .endpointOverride(address())
                .forcePathStyle(true)
                .httpClient(http)
                .build();
        Endpoint endpoint = Endpoint.builder().url(address()).build();
        control = S3ControlClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(administrator)
                .httpClient(http)
                .endpointProvider(p -> CompletableFuture.completedFuture(endpoint))
                .build();
    }

    private static ObjectNode state(Consumer<ObjectNode> more) {
        ObjectNode account = JSON.createObjectNode();
        ArrayNode users = account.putArray("users");
        for (int n = 0; n < PEOPLE; n++) {
            user(users, "person" + n)
                    .put("id", id(n))
                    .putArray("keys")
                    .addObject()
                    .put("id", "AKIA%016d".formatted(n))
                    .put("secret", "secret-of-" + n);
        }
        user(users, "curator");
        ObjectNode root = JSON.createObjectNode();
        ObjectNode accounts = root.putObject("accounts");
        accounts.set(THEIRS, account);
        ObjectNode ours = accounts.putObject(OURS);
        ours.putArray("roles").add(parse(GRANTS_ROLE));
        more.accept(ours);
        JsonNode over = ours.remove("serviceControlPolicies");
        if (over != null) {
            organization(root.putObject("organization"), over);
        }
        account.putArray("roles").add(parse(LAB_ROLE)).add(parse(TEAM_ROLE));
        return root;
    }

    private static void organization(ObjectNode organization, JsonNode over) {
        ArrayNode policies = organization
                .put("id", "o-example")
                .put("management", "999999999999")
                .putArray("policies");
        over.forEach(content -> policies.addObject()
                .put("id", "p-scp" + policies.size())
                .put("name", "policy-" + policies.size())
                .put("content", content.asText())
                .putArray("targets")
                .add(OURS));
    }

    private static ObjectNode user(ArrayNode users, String name) {
        ObjectNode user = users.addObject().put("arn", "arn:aws:iam::" + THEIRS + ":user/" + name);
        user.putObject("policies")
                .put(
                        "Read",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}");
        return user;
    }

    static String id(int number) {
        return "AIDA%017d".formatted(number);
    }

    S3Client s3() {
        return s3;
    }

    /** The person's own client, as their tools would sign. */
    S3Client s3Of(int number) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIA%016d".formatted(number), "secret-of-" + number)))
                .endpointOverride(address())
                .forcePathStyle(true)
                .httpClient(http)
                .build();
    }

    /** The person's own client for control calls. */
    S3ControlClient controlOf(int number) {
        Endpoint endpoint = Endpoint.builder().url(address()).build();
        return S3ControlClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIA%016d".formatted(number), "secret-of-" + number)))
                .httpClient(http)
                .endpointProvider(p -> CompletableFuture.completedFuture(endpoint))
                .build();
    }

    /** Person 1's session of their account's role {@code lab}. */
    AwsCredentials assumedRole() {
        try (StsClient sts = StsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIA%016d".formatted(1), "secret-of-1")))
                .endpointOverride(address())
                .httpClient(http)
                .build()) {
            var c = sts.assumeRole(r ->
                            r.roleArn("arn:aws:iam::" + THEIRS + ":role/lab").roleSessionName("ada"))
                    .credentials();
            return AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken());
        }
    }

    /** A client for data with credentials that were vended. */
    S3Client s3With(AwsCredentials credentials) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .endpointOverride(address())
                .forcePathStyle(true)
                .httpClient(http)
                .build();
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

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
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

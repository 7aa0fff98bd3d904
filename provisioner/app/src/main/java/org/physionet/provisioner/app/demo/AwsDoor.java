package org.physionet.provisioner.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.AccessPoint;

/** S3 as an administrator and as researchers use it, through AWS's own SDK, each with their own keys. */
final class AwsDoor implements AutoCloseable {
    private static final String FILE = "README.txt";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, S3Client> clients = new HashMap<>();
    private final Set<String> buckets = new HashSet<>();
    private final URI address;
    private final S3Client administrator;
    private final S3ControlClient control;

    AwsDoor(URI address) {
        this.address = address;
        this.administrator = s3("test", "test");
        Endpoint endpoint = Endpoint.builder().url(address).build();
        this.control = S3ControlClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .endpointProvider(_ -> CompletableFuture.completedFuture(endpoint))
                .build();
    }

    private S3Client s3(String key, String secret) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .endpointOverride(address)
                .forcePathStyle(true)
                .build();
    }

    /** The simulator takes whole worlds: users of other accounts are there before anything else is made. */
    void makeUsers(Collection<Identity> identities) throws IOException, InterruptedException {
        ObjectNode root = json.createObjectNode();
        ObjectNode accounts = root.putObject("aws").putObject("accounts");
        for (Identity identity : identities) {
            ArrayNode users =
                    accounts.withObject("/" + identity.arn().split(":")[4]).withArray("/users");
            users.addObject()
                    .put("arn", identity.arn())
                    .put("id", identity.login())
                    .putArray("keys")
                    .addObject()
                    .put("id", keyOf(identity.login()))
                    .put("secret", secretOf(identity.login()));
        }
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/_simulator/state"))
                .PUT(BodyPublishers.ofString(root.toString()))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("the simulator refused its users: " + response.body());
        }
    }

    private static String keyOf(String login) {
        return "AKIA" + login.substring(login.length() - 16);
    }

    private static String secretOf(String login) {
        return "secret-of-" + login;
    }

    /** A bucket that leaves reading to our access points, and one file below the prefix; BUCKET/PREFIX. */
    void makePrefix(String location) {
        String bucket = location.substring(0, location.indexOf('/'));
        if (buckets.add(bucket)) {
            administrator.createBucket(r -> r.bucket(bucket));
            administrator.putBucketPolicy(r -> r.bucket(bucket).policy(delegation(bucket)));
        }
        String key = location.substring(location.indexOf('/') + 1) + FILE;
        administrator.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("the data of " + location));
    }

    private static String delegation(String bucket) {
        return """
                {"Version":"2012-10-17","Statement":[{"Sid":"DelegateReadsToOurAccessPoints","Effect":"Allow","Principal":"*",
                 "Action":["s3:GetObject","s3:ListBucket"],
                 "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"],
                 "Condition":{"StringEquals":{"s3:DataAccessPointAccount":"%2$s"}}}]}
                """.formatted(bucket, DemoClouds.AWS_ACCOUNT);
    }

    /** Through the bucket itself and through each of its access points: one way in is enough. */
    boolean readsObject(String login, String location) {
        String bucket = location.substring(0, location.indexOf('/'));
        String key = location.substring(location.indexOf('/') + 1) + FILE;
        S3Client client = clients.computeIfAbsent(login, l -> s3(keyOf(l), secretOf(l)));
        List<String> ways = new ArrayList<>(List.of(bucket));
        control.listAccessPoints(r -> r.accountId(DemoClouds.AWS_ACCOUNT).bucket(bucket)).accessPointList().stream()
                .map(AccessPoint::alias)
                .forEach(ways::add);
        return ways.stream().anyMatch(way -> reads(client, way, key));
    }

    private static boolean reads(S3Client client, String way, String key) {
        try {
            client.getObjectAsBytes(r -> r.bucket(way).key(key));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 403) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
        administrator.close();
        control.close();
    }
}

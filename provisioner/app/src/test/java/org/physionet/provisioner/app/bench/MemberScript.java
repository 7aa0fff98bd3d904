package org.physionet.provisioner.app.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** What people write first: for each member, read the policy, change its list, put it back. In one process, so as fast as such a script can be. */
final class MemberScript implements AutoCloseable {
    static final String NAME = "members";
    private static final JsonMapper JSON = new JsonMapper();

    private final S3ControlClient control;

    MemberScript(URI address) {
        Endpoint endpoint = Endpoint.builder().url(address).build();
        control = S3ControlClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(ApacheHttpClient.create())
                .endpointProvider(p -> CompletableFuture.completedFuture(endpoint))
                .build();
    }

    static String policy(List<String> ids) {
        String point = "arn:aws:s3:us-east-1:" + AmazonSite.ACCOUNT + ":accesspoint/" + NAME;
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Members\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"" + point + "\",\"" + point
                + "/object/*\"],\"Condition\":{\"StringEquals\":{\"aws:userid\":[\"" + String.join("\",\"", ids)
                + "\"]}}}]}";
    }

    void createAccessPoint() {
        control.createAccessPoint(
                r -> r.accountId(AmazonSite.ACCOUNT).name(NAME).bucket(AmazonSite.BUCKET));
    }

    void add(int number) {
        List<String> ids = members();
        ids.add(AmazonSite.id(number));
        put(ids);
    }

    void remove(int number) {
        List<String> ids = members();
        ids.remove(AmazonSite.id(number));
        put(ids);
    }

    private List<String> members() {
        List<String> ids = new ArrayList<>();
        try {
            JsonNode policy = JSON.readTree(control.getAccessPointPolicy(
                            r -> r.accountId(AmazonSite.ACCOUNT).name(NAME))
                    .policy());
            JsonNode values = policy.at("/Statement/0/Condition/StringEquals/aws:userid");
            if (values.isTextual()) {
                ids.add(values.asText());
            }
            values.forEach(value -> ids.add(value.asText()));
        } catch (S3ControlException none) {
            if (none.statusCode() != 404) {
                throw none;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    private void put(List<String> ids) {
        control.putAccessPointPolicy(
                r -> r.accountId(AmazonSite.ACCOUNT).name(NAME).policy(policy(ids)));
    }

    @Override
    public void close() {
        control.close();
    }
}

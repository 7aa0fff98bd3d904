package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import org.physionet.provisioner.simulator.Json;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** The administrator's calls to KMS, signed by Amazon's signer; KMS has no client on this class path. */
record KmsCalls(AwsWorld world) {
    private static final Set<String> OF_THE_CONNECTION = Set.of("host", "content-length");

    void putKeyPolicy(String key, String policy) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("KeyId", key).put("Policy", policy);
        assertThat(send("PutKeyPolicy", body).statusCode()).isEqualTo(200);
    }

    String call(String action, String key) {
        return send(action, Json.MAPPER.createObjectNode().put("KeyId", key)).body();
    }

    private HttpResponse<String> send(String action, ObjectNode body) {
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(world.url().resolve("/"))
                .putHeader("x-amz-target", "TrentService." + action)
                .putHeader("content-type", "application/x-amz-json-1.1")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsWorld.ADMINISTRATOR)
                        .request(plain)
                        .payload(ContentStreamProvider.fromUtf8String(body.toString()))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(signed.getUri()).POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        signed.forEachHeader((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return world.live().send(request.build());
    }
}

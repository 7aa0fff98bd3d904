package org.physionet.provisioner.app.month;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.Simulator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What readers and administrators send to the simulated clouds: the providers' own requests, without sockets where there are many. */
final class MonthClouds {
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final Simulator simulator;
    private final URI address;

    MonthClouds(MonthSite site) {
        this.simulator = site.server.simulator();
        this.address = site.server.address();
    }

    /** @param email null: the engine's own identity */
    Response google(@Nullable String email, String ip, String method, String path, String body) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("content-type", List.of("application/json"));
        headers.put("x-forwarded-for", List.of(ip));
        if (email != null) {
            headers.put("authorization", List.of("Bearer " + email));
        }
        String[] parts = path.split("[?]", 2);
        return simulator.handle(new Request(
                method,
                "storage.googleapis.com",
                parts[0],
                parts.length < 2 ? "" : parts[1],
                headers,
                body.getBytes(StandardCharsets.UTF_8)));
    }

    /** @return the status */
    int readObject(String email, String ip, String bucket, String object) {
        return google(email, ip, "GET", "/storage/v1/b/" + bucket + "/o/" + object + "?alt=media", "")
                .status();
    }

    int readTable(String email, String ip) {
        return google(email, ip, "GET", "/bigquery/v2/projects/month-project/datasets/notes_1_0/tables/t/data", "")
                .status();
    }

    /**
     * @param key null: nobody signs
     * @param place a bucket, or an access point's alias
     */
    int readS3(@Nullable String key, String ip, String place, String object) {
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("http://s3.us-east-1.amazonaws.com/" + place + "/" + object))
                .build();
        SdkHttpRequest sent = plain;
        if (key != null) {
            SignedRequest signed = SIGNER.sign(r -> r.identity(AwsBasicCredentials.create(key, "secret"))
                    .request(plain)
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false));
            sent = signed.request();
        }
        Map<String, List<String>> headers = new HashMap<>();
        sent.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        headers.put("x-forwarded-for", List.of(ip));
        headers.put("host", List.of("s3.us-east-1.amazonaws.com"));
        return simulator
                .handle(new Request(
                        "GET", "s3.us-east-1.amazonaws.com", sent.getUri().getRawPath(), "", headers, new byte[0]))
                .status();
    }

    /** Over the wire. */
    S3Client s3(String key, String secret) {
        return S3Client.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .build();
    }
}

package org.physionet.provisioner.adapters.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** Signs as a researcher's tools do, with Amazon's own signer. */
final class SignedProofs {
    private SignedProofs() {}

    /** The URL that {@code aws eks get-token} signs. */
    static String url(AwsCredentials who, String clusterName, Instant when) {
        return presigned(
                who,
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.GET)
                        .uri(URI.create("https://sts.us-east-1.amazonaws.com/"))
                        .putRawQueryParameter("Action", "GetCallerIdentity")
                        .putRawQueryParameter("Version", "2011-06-15")
                        .putHeader("x-k8s-aws-id", clusterName)
                        .build(),
                "sts",
                when,
                60);
    }

    static String presigned(AwsCredentials who, SdkHttpRequest request, String service, Instant when, int seconds) {
        return AwsV4HttpSigner.create()
                .sign(r -> r.identity(who)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(when, ZoneOffset.UTC))
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, !service.equals("s3"))
                        .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, !service.equals("s3"))
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(seconds)))
                .request()
                .getUri()
                .toString();
    }

    static String token(String url) {
        return "k8s-aws-v1."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    }

    /** The header form: what our own script would bring. */
    static Map<String, String> headers(AwsCredentials who, String site, String nonce, Instant when) {
        byte[] body = "Action=GetCallerIdentity&Version=2011-06-15".getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(who)
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(URI.create("https://sts.us-east-1.amazonaws.com/"))
                                .putHeader("content-type", "application/x-www-form-urlencoded; charset=utf-8")
                                .putHeader("x-provisioner-audience", site)
                                .putHeader("x-provisioner-nonce", nonce)
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(when, ZoneOffset.UTC)))
                .request();
        Map<String, String> all = new java.util.TreeMap<>();
        for (String name : java.util.List.of("Authorization", "X-Amz-Date", "X-Amz-Security-Token")) {
            signed.firstMatchingHeader(name)
                    .ifPresent(value -> all.put(name.toLowerCase(java.util.Locale.ROOT), value));
        }
        return all;
    }
}

package org.physionet.provisioner.adapters.aws.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.CallListener;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** Sends rebuilt requests: TLS, no redirects, short, small answers. To an emulator's address if there is one, under AWS's host name. */
final class ProofWire {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 16 * 1024;

    private final @Nullable URI endpoint;
    private final CallListener calls;

    ProofWire(@Nullable URI endpoint, CallListener calls) {
        this.endpoint = endpoint;
        this.calls = calls;
    }

    /** @param method as in the provider's reference, for the listener */
    Answer send(ProofRequest request, String method) throws IOException {
        SdkHttpFullRequest.Builder builder = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(endpoint == null ? URI.create("https://" + request.host()) : endpoint)
                .encodedPath(request.path())
                .putHeader("Host", request.host());
        request.query().forEach(builder::putRawQueryParameter);
        request.headers().forEach(builder::putHeader);
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            builder.putHeader("Content-Length", String.valueOf(body.length))
                    .contentStreamProvider(() -> new ByteArrayInputStream(body));
        }
        SdkHttpFullRequest full = builder.build();
        HttpExecuteRequest.Builder execution = HttpExecuteRequest.builder().request(full);
        full.contentStreamProvider().ifPresent(execution::contentStreamProvider);
        try (SdkHttpClient http = ApacheHttpClient.builder()
                .connectionTimeout(DEADLINE)
                .socketTimeout(DEADLINE)
                .build()) {
            HttpExecuteResponse response =
                    http.prepareRequest(execution.build()).call();
            int status = response.httpResponse().statusCode();
            calls.called(method, false, String.valueOf(status));
            try (InputStream answer = response.responseBody()
                    .map(InputStream.class::cast)
                    .orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream()))) {
                return new Answer(status, answer.readNBytes(LONGEST_ANSWER + 1));
            }
        }
    }

    /** @param body at most one byte longer than what is read */
    record Answer(int status, byte[] body) {
        boolean isTooLong() {
            return body.length > LONGEST_ANSWER;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}

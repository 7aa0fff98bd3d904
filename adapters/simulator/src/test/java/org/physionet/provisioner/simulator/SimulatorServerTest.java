package org.physionet.provisioner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorServerTest {
    private final LiveWorld world =
            new LiveWorld(new Simulator(SimulatorOptions.defaults(), shared -> List.of(new ToyCloud("gcp"))));

    @AfterEach
    void close() {
        world.close();
    }

    /** Sends bytes as they are and returns all that comes back until the server closes. */
    private String raw(String request) throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(world.url()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void forwardProxyRequestsAreServedForTheHostTheyName() throws Exception {
        String answer = raw("PUT http://bucket.s3.example.org/toy/blob HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Content-Length: 3\r\nConnection: close\r\n\r\nabc");
        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\"3 bucket.s3.example.org\"");
    }

    @Test
    void aHeadIsAnsweredWithoutABodyButWithItsLength() {
        HttpResponse<String> answer = world.send("HEAD", "/toy/number", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).contains("1");
    }

    @Test
    void largeAndChunkedBodiesArriveWhole() {
        byte[] large = new byte[3_000_000];
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(world.url() + "/toy/blob"))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();
        assertThat(world.send(chunked).body()).startsWith("\"3000000 ");
    }

    @Test
    void aBodyAboveTheLimitIsRefused() {
        HttpRequest tooLarge = HttpRequest.newBuilder(URI.create(world.url() + "/toy/blob"))
                .PUT(BodyPublishers.ofByteArray(new byte[9 * 1024 * 1024]))
                .build();
        assertThat(world.send(tooLarge).statusCode()).isEqualTo(413);
    }

    @Test
    void manyCallersAtOnceLoseNoChange() {
        IntStream.range(0, 200).parallel().forEach(i -> world.send("POST", "/toy/add", ""));
        assertThat(world.send("GET", "/toy/number", "").body()).isEqualTo("200");
    }

    @Test
    void whatBelongsToNoProviderIsRefusedByName() {
        HttpResponse<String> answer = world.send("GET", "/nowhere", "");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("GET /nowhere").contains("CONFORMANCE.md");
    }
}

package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A simulator on a real port, and a plain HTTP client to talk to it. */
public final class LiveWorld implements AutoCloseable {
    private final SimulatorServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public LiveWorld(Simulator simulator) {
        try {
            server = SimulatorServer.start(simulator, 0, 8 * 1024 * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public LiveWorld() {
        this(new Simulator(SimulatorOptions.defaults()));
    }

    public String url() {
        return server.address().toString();
    }

    public Simulator simulator() {
        return server.simulator();
    }

    /** @param headers name, value, name, value… */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonNode json(String method, String path, String body, String... headers) {
        return Json.parse(send(method, path, body, headers).body());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}

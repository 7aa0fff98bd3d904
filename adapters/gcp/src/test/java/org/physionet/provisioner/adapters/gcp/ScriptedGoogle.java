package org.physionet.provisioner.adapters.gcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A server that answers Google's clients with exactly what a test says, for answers that no well-behaved cloud gives. */
final class ScriptedGoogle implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Seen> requests = new ArrayList<>();

    ScriptedGoogle() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ScriptedGoogle then(int status, String body) {
        return then(status, body, Map.of());
    }

    synchronized ScriptedGoogle then(int status, String body, Map<String, String> headers) {
        answers.add(new Answer(status, body, headers));
        return this;
    }

    /** Google's own error body. */
    ScriptedGoogle thenError(int status, String reason, String message) {
        return then(status, error(status, reason, message));
    }

    static String error(int status, String reason, String message) {
        String text = message.replace("\"", "\\\"");
        return """
                {"error":{"code":%d,"message":"%s","errors":[{"domain":"global","reason":"%s","message":"%s"}]}}""".formatted(status, text, reason, text);
    }

    synchronized List<Seen> requests() {
        return List.copyOf(requests);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = next(exchange);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json; charset=UTF-8"));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized Answer next(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        boolean zipped = "gzip".equals(headers.get("content-encoding"));
        InputStream in = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
        String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        requests.add(
                new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString(), Map.copyOf(headers), body));
        return answers.isEmpty()
                ? new Answer(500, error(500, "backendError", "the script has ended"), Map.of())
                : answers.poll();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** One request as it arrived; header names in lower case, the body unzipped. */
    record Seen(String verb, String target, Map<String, String> headers, String body) {}

    private record Answer(int status, String body, Map<String, String> headers) {}
}

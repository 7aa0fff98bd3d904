package org.physionet.provisioner.adapters.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.contract.ContractWorld.SeenCalls;
import org.physionet.provisioner.adapters.contract.Trouble;

/**
 * Stands before a server that somebody else wrote: counts what goes in, by the names of AWS's reference, and lets a single call go wrong. What
 * it does not spoil passes as it is, both ways.
 */
final class Doorway implements AutoCloseable {
    /** Set by the client that sends the request on. */
    private static final Set<String> HOP =
            Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

    private final URI server;
    private final HttpServer door;
    private final HttpClient onward = HttpClient.newHttpClient();
    private final List<SeenCalls> seen = new ArrayList<>();
    private final Map<String, Deque<Trouble>> troubles = new HashMap<>();

    Doorway(URI server) {
        this.server = server;
        try {
            door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        door.createContext("/", this::pass);
        door.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        door.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getAddress().getPort());
    }

    synchronized void trouble(String method, Trouble trouble) {
        troubles.computeIfAbsent(method, m -> new ArrayDeque<>()).add(trouble);
    }

    synchronized List<SeenCalls> calls() {
        return List.copyOf(seen);
    }

    synchronized void forget() {
        seen.clear();
    }

    synchronized void reset() {
        seen.clear();
        troubles.clear();
    }

    private void pass(HttpExchange exchange) throws IOException {
        String method = AwsMethod.of(exchange.getRequestMethod(), exchange.getRequestURI());
        Trouble trouble = next(method);
        try (exchange) {
            if (trouble == null || trouble.applied()) {
                HttpResponse<byte[]> answer = send(exchange);
                if (trouble == null) {
                    told(method, String.valueOf(answer.statusCode()));
                    answer.headers().map().forEach((name, values) -> {
                        if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                            exchange.getResponseHeaders().put(name, values);
                        }
                    });
                    reply(exchange, answer.statusCode(), answer.body());
                    return;
                }
            } else {
                exchange.getRequestBody().readAllBytes();
            }
            told(method, trouble.isReset() ? "reset" : String.valueOf(trouble.status()));
            if (!trouble.isReset()) {
                exchange.getResponseHeaders().add("Content-Type", "application/xml");
                reply(exchange, trouble.status(), refusal(method, trouble));
            }
        }
    }

    private HttpResponse<byte[]> send(HttpExchange exchange) throws IOException {
        URI uri = server.resolve(exchange.getRequestURI());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return onward.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** As S3 and S3 Control write it. */
    private static byte[] refusal(String method, Trouble trouble) {
        String code = trouble.reason().isEmpty() ? usualCode(trouble.status()) : trouble.reason();
        String error = "<Error><Code>" + code + "</Code><Message>made up on the way</Message></Error>";
        return (method.startsWith("s3control.") ? "<ErrorResponse>" + error + "</ErrorResponse>" : error)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String usualCode(int status) {
        return switch (status) {
            case 403 -> "AccessDenied";
            case 429 -> "TooManyRequestsException";
            case 500 -> "InternalError";
            case 503 -> "ServiceUnavailable";
            default -> throw new IllegalArgumentException("no usual code for " + status);
        };
    }

    private synchronized @Nullable Trouble next(String method) {
        return troubles.getOrDefault(method, new ArrayDeque<>()).poll();
    }

    private synchronized void told(String method, String outcome) {
        seen.add(new SeenCalls(method, AwsMethod.writes(method), outcome, 1));
    }

    @Override
    public void close() {
        door.stop(0);
        onward.close();
    }
}

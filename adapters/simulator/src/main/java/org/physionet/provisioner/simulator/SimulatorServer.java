package org.physionet.provisioner.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves a simulated world over plain HTTP on the loopback interface, a virtual thread per request. Ordinary requests
 * and forward-proxy ones (absolute-form targets, RFC 9112 3.2.2) get the same answers.
 */
public final class SimulatorServer implements AutoCloseable {
    /** Request bodies above this are refused with 413, in bytes. */
    public static final int MAX_BODY = 256 * 1024 * 1024;

    static {
        // Without it every answer waits for the peer's delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Simulator simulator;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int maxBody;

    private SimulatorServer(Simulator simulator, int port, int maxBody) throws IOException {
        this.simulator = simulator;
        this.maxBody = maxBody;
        InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        this.server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** @param port 0 for any free one */
    public static SimulatorServer start(Simulator simulator, int port) throws IOException {
        return start(simulator, port, MAX_BODY);
    }

    /** @param maxBody bytes */
    public static SimulatorServer start(Simulator simulator, int port, int maxBody) throws IOException {
        return new SimulatorServer(simulator, port, maxBody);
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Simulator simulator() {
        return simulator;
    }

    /** Stops serving; requests in flight have one second to end. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        // The server's own delay is waited for in full even when it is idle.
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<byte[]> body = body(exchange);
            Response response;
            if (body.isEmpty()) {
                response = Problem.of(413, "the request body has more than " + maxBody + " bytes");
            } else {
                response = answer(request(exchange, body.get()));
            }
            send(exchange, response);
        } catch (AnswerLostException e) {
            // Closing the exchange before any header was sent cuts the connection.
            exchange.close();
        }
    }

    private Response answer(Request request) {
        try {
            return simulator.handle(request);
        } catch (AnswerLostException e) {
            throw e;
        } catch (RuntimeException e) {
            return Problem.of(500, "the simulator failed: " + e);
        }
    }

    private Optional<byte[]> body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(maxBody + 1);
        return body.length > maxBody ? Optional.empty() : Optional.of(body);
    }

    private static Request request(HttpExchange exchange, byte[] body) {
        URI target = exchange.getRequestURI();
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String host = target.getRawAuthority() != null
                ? target.getRawAuthority()
                : headers.getOrDefault("host", List.of("")).getFirst();
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : target.getRawQuery();
        return new Request(exchange.getRequestMethod(), host, path, query, Map.copyOf(headers), body);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head || response.body().length == 0) {
            if (head && !response.headers().containsKey("Content-Length")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(response.body().length));
            }
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), response.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(response.body());
        }
    }
}

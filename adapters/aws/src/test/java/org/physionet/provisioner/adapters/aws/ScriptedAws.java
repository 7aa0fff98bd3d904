package org.physionet.provisioner.adapters.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;

/** The wire's other end: answers what the test says, in order, and keeps what was asked. For refusals that AWS alone can make. */
final class ScriptedAws implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String ACCOUNT = "111122223333";

    /** Requests as {@code METHOD path?query}. */
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** Bodies of the requests. */
    final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

    /** What the adapter told its listener: {@code method write outcome}. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final HttpServer server;

    /** @param status 0: the connection is closed without an answer */
    record Answer(int status, String body, Map<String, String> headers) {}

    ScriptedAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    ScriptedAws answer(int status, String body) {
        answers.add(new Answer(status, body, Map.of()));
        return this;
    }

    ScriptedAws answer(Answer answer) {
        answers.add(answer);
        return this;
    }

    ScriptedAws error(int status, String code, String message) {
        return answer(status, body(code, message, ""));
    }

    /** S3 Control's form of an error. */
    static String body(String code, String message, String detail) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse><Error><Code>" + code + "</Code><Message>"
                + message + "</Message>" + detail + "</Error><RequestId>REQ1</RequestId></ErrorResponse>";
    }

    Adapter adapter() {
        return adapter(Map.of());
    }

    Adapter adapter(Map<String, String> more) {
        return adapter(more, (method, write, outcome) -> calls.add(method + " " + write + " " + outcome), Pacing.NONE);
    }

    Adapter adapter(Map<String, String> more, CallListener listener, Pacing pacing) {
        Map<String, String> values = new HashMap<>(Map.of(
                "account", ACCOUNT,
                "region", "us-east-1",
                "credentials", "static",
                "accessKey", "test",
                "secretKey", "test",
                "endpoint", "http://127.0.0.1:" + server.getAddress().getPort()));
        values.putAll(more);
        return new AwsAdapterProvider()
                .connect(
                        new Settings("aws", values, Path.of("")),
                        new AdapterContext(InstantSource.fixed(NOW), listener, pacing));
    }

    static Resource resource(String location) {
        return resource(location, "access-points");
    }

    static Resource resource(String location, String layout) {
        return new Resource(
                new S3ResourceKind().parse(location),
                "aws",
                layout,
                Map.of("roles", "true"),
                Mode.ENFORCE,
                new TreeSet<>(List.of(DatasetId.parse("mimiciv/3.1"))),
                Resource.Admits.ALL,
                new TreeSet<>(),
                "test");
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Answer answer = answers.isEmpty()
                ? new Answer(501, body("NotScripted", exchange.getRequestURI().toString(), ""), Map.of())
                : answers.poll();
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

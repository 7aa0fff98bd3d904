package org.physionet.provisioner.fuzz.inputs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The wire's other end, which answers with the input: its parts, with a byte 0 between them, one after the other and the last one from then
 * on; the first byte of each part chooses the status.
 */
final class Answering {
    private static final int[] STATUS = {200, 200, 200, 400, 403, 404, 409, 412, 429, 500, 503, 301};

    private final HttpServer server;
    private List<byte[]> parts = List.of(new byte[0]);
    private int next;

    Answering() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void say(byte[] input) {
        List<byte[]> all = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= input.length; at++) {
            if (at == input.length || input[at] == 0) {
                all.add(Arrays.copyOfRange(input, from, at));
                from = at + 1;
            }
        }
        parts = all;
        next = 0;
    }

    private synchronized byte[] part() {
        return parts.get(Math.min(next++, parts.size() - 1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] part = part();
            int status = part.length == 0 ? 200 : STATUS[Math.floorMod(part[0] - '0', STATUS.length)];
            byte[] body = part.length == 0 ? part : Arrays.copyOfRange(part, 1, part.length);
            boolean json = body.length > 0 && (body[0] == '{' || body[0] == '[');
            exchange.getResponseHeaders().set("Content-Type", json ? "application/json" : "application/xml");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

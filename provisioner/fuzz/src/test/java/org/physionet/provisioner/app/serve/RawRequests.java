package org.physionet.provisioner.app.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.app.config.ServeSettings;
import org.physionet.provisioner.store.state.Figures;
import org.physionet.provisioner.store.state.RevocationClock;

/** Bytes as they arrive at the service: an answer that is not its own error, or the end of the connection; and it goes on living. */
public final class RawRequests {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}).*", Pattern.DOTALL);
    private static final Figures NOTHING = new Figures(
            List.of(),
            List.of(),
            List.of(),
            RevocationClock.of(List.of(), List.of()),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            0,
            0,
            0,
            List.of(),
            0,
            Optional.empty(),
            List.of());
    private static final int MILLIS = 5_000;

    private final HttpService service = HttpService.start(
            new ServeSettings("127.0.0.1", 0),
            () -> new Readiness.State(true, JsonNodeFactory.instance.objectNode()),
            new Metrics(() -> NOTHING, Map::of, Duration.ofHours(1), InstantSource.system()));

    public void feed(byte[] input) throws IOException {
        requireNoError(send(input));
        String alive = send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        if (!alive.startsWith("HTTP/1.1 200")) {
            throw new AssertionError("no longer alive: " + alive);
        }
    }

    private static void requireNoError(String answer) {
        Matcher matcher = STATUS.matcher(answer);
        // 501 and 505 are about the request: a method, or a version of HTTP, that nobody knows.
        if (matcher.matches() && matcher.group(1).matches("50[^15]|5[1-9]\\d")) {
            throw new AssertionError("the service failed: " + answer);
        }
    }

    private String send(byte[] bytes) throws IOException {
        URI address = service.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            in.transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("no answer within " + MILLIS + " ms", e);
        } catch (java.net.SocketException _) {
            return "";
        }
    }
}

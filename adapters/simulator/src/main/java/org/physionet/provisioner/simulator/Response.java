package org.physionet.provisioner.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP answer. */
public record Response(int status, Map<String, String> headers, byte[] body) {
    public Response {
        headers = Map.copyOf(headers);
    }

    public static Response json(int status, String body) {
        return text(status, "application/json; charset=UTF-8", body);
    }

    public static Response xml(int status, String body) {
        return text(status, "application/xml", body);
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }

    public static Response text(int status, String type, String body) {
        return new Response(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }
}

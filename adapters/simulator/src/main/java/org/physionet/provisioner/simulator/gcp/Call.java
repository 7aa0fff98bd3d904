package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Request;

/**
 * A request as Google's front end hands it on: method override applied, path variables and query decoded, body not yet
 * unpacked (facts/gcp.md 6, "On the wire").
 *
 * @param variables from the path, by the name that the route gives them
 */
record Call(Request request, Map<String, String> variables, Map<String, List<String>> query) {

    static Call of(Request request, Map<String, String> variables) {
        return new Call(request, variables, query(request.rawQuery()));
    }

    /** The effective HTTP method: the Java clients cannot PATCH, and say so in a header. */
    static String method(Request request) {
        return request.method().equals("POST")
                ? request.header("x-http-method-override").orElse("POST")
                : request.method();
    }

    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no variable " + name);
        }
        return value;
    }

    Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    List<String> parameters(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** @throws GoogleError if it is there and no whole number */
    Optional<Long> number(String name) {
        return parameter(name).map(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw GoogleError.invalid("Invalid value for " + name + ": " + text);
            }
        });
    }

    Optional<String> header(String name) {
        return request.header(name);
    }

    /** The body with its content encoding undone. */
    byte[] body() {
        if (!request.header("content-encoding").orElse("").equalsIgnoreCase("gzip")) {
            return request.body();
        }
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            return unzipped.readAllBytes();
        } catch (IOException e) {
            throw new GoogleError(400, "badRequest", "Request payload is not gzip: " + e.getMessage());
        }
    }

    /** The JSON object in the body; an empty body is an empty object. */
    ObjectNode json() {
        byte[] body = body();
        if (body.length == 0) {
            return Json.MAPPER.createObjectNode();
        }
        try {
            JsonNode node = Json.parse(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new GoogleError(400, "parseError", "Parse Error");
        } catch (IllegalArgumentException e) {
            throw new GoogleError(400, "parseError", "Parse Error: " + e.getMessage());
        }
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GoogleError(400, "badRequest", "Malformed percent-encoding: " + text);
        }
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode((equals < 0 ? pair : pair.substring(0, equals)).replace('+', ' '));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1).replace('+', ' '));
            query.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return query;
    }
}

package org.physionet.provisioner.simulator.aws.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** What services of the JSON protocol (1.1) have in common: the operation is in a header, parameters and answers are JSON objects. */
public final class JsonProtocol {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonProtocol() {}

    /** The operation that {@code X-Amz-Target} names behind its last point. */
    public static String operation(Request request) {
        String target = request.header("x-amz-target").orElse("");
        return target.substring(target.lastIndexOf('.') + 1);
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** @throws AwsException 400 if it is none */
    public static ObjectNode body(AwsCall call) {
        try {
            String text = new String(call.payload(), StandardCharsets.UTF_8);
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // told below, like any other body that is no object
        }
        throw new AwsException(400, "SerializationException", "The body is no JSON object");
    }

    public static Response answer(ObjectNode json) {
        return Response.text(200, "application/x-amz-json-1.1", json.toString());
    }

    /** {@code [{"Key","Value"}]} as a map. */
    public static SortedMap<String, String> tags(JsonNode list) {
        SortedMap<String, String> tags = new TreeMap<>();
        list.forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }

    public static void put(ArrayNode list, Map<String, String> tags) {
        tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    }
}

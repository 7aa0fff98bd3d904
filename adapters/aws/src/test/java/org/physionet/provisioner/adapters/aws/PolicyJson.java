package org.physionet.provisioner.adapters.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Policies as somebody edits them by hand: written without the adapter's own code. */
final class PolicyJson {
    private static final JsonMapper JSON = new JsonMapper();

    /** Who stands in the foreign statement; the user exists in the simulator's state. */
    static final String CURATOR = "arn:aws:iam::999988887777:user/curator";

    private PolicyJson() {}

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** A statement that is nobody's but the curator's. */
    static ObjectNode curator(String resource) {
        return parse("{\"Sid\":\"Curator\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + CURATOR
                + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"" + resource + "\"}");
    }

    static boolean hasCurator(ObjectNode policy, String resource) {
        for (JsonNode statement : policy.path("Statement")) {
            if (statement.equals(curator(resource))) {
                return true;
            }
        }
        return false;
    }

    static void addUserId(JsonNode statement, String id) {
        ObjectNode condition = (ObjectNode) statement.path("Condition").path("StringEquals");
        ArrayNode ids = JSON.createArrayNode();
        JsonNode before = condition.path("aws:userid");
        (before.isArray() ? before : JSON.createArrayNode().add(before)).forEach(ids::add);
        condition.set("aws:userid", ids.add(id));
    }

    /** Whether a statement that allows names the id, in its condition or as a principal. For servers that decide nothing. */
    static boolean letsIn(ObjectNode policy, String id) {
        for (JsonNode statement : policy.path("Statement")) {
            if (statement.path("Effect").asText().equals("Allow")
                    && (names(statement.path("Condition").path("StringEquals").path("aws:userid"), id)
                            || names(statement.path("Principal").path("AWS"), id))) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(JsonNode values, String id) {
        for (JsonNode value : values.isArray() ? values : JSON.createArrayNode().add(values)) {
            if (value.asText().equals(id)) {
                return true;
            }
        }
        return false;
    }
}

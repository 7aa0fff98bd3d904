package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/** When a binding applies. Title, description and location are Google's own fields; empty if absent. */
record Condition(String title, String description, String expression, String location) {

    /** @throws IllegalArgumentException naming the field */
    static Condition read(Fields fields) {
        Condition condition = new Condition(
                fields.optionalText("title").orElse(""),
                fields.optionalText("description").orElse(""),
                fields.text("expression"),
                fields.optionalText("location").orElse(""));
        fields.end();
        return condition;
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        putIfGiven(json, "title", title);
        putIfGiven(json, "description", description);
        json.put("expression", expression);
        putIfGiven(json, "location", location);
        return json;
    }

    /** What a reader who did not ask for version 3 sees at the end of the role instead of the condition. */
    String hash() {
        byte[] text = json().toString().getBytes(StandardCharsets.UTF_8);
        return String.format("%020x", new BigInteger(1, Hashes.sha256(text)).shiftRight(176));
    }

    private static void putIfGiven(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}

package org.physionet.provisioner.simulator.aws.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The text of a policy: strict JSON, one object, no name twice, and within a size counted without white space (facts/aws.md A1.2). */
public final class PolicyText {
    /** The limit of bucket and access-point policies, in bytes. */
    public static final int RESOURCE_POLICY_LIMIT = 20_480;

    private static final ObjectMapper STRICT = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PolicyText() {}

    /** @throws PolicyGrammarException if it is not one JSON object, or too long */
    public static ObjectNode parse(String text, int limit) {
        if (!text.stripLeading().startsWith("{")) {
            throw new PolicyGrammarException("Policies must be valid JSON and the first byte must be '{'");
        }
        JsonNode tree;
        try {
            tree = STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new PolicyGrammarException("This policy contains invalid Json");
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new PolicyGrammarException("This policy contains invalid Json");
        }
        if (minified(object).getBytes(StandardCharsets.UTF_8).length > limit) {
            throw new PolicyGrammarException("Policy exceeds the maximum allowed document size.");
        }
        return object;
    }

    public static String minified(JsonNode policy) {
        return policy.toString();
    }
}

package org.physionet.provisioner.adapters.aws.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource policy.
 *
 * @param version of the policy language, null if the document does not say (AWS then reads it as 2008-10-17)
 * @param id the document's own id, null without one
 */
public record Policy(@Nullable String version, @Nullable String id, List<Statement> statements) {
    /** The policy language that we write. */
    public static final String CURRENT = "2012-10-17";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public Policy {
        statements = List.copyOf(statements);
    }

    public static Policy of(List<Statement> statements) {
        return new Policy(CURRENT, null, statements);
    }

    /** @throws IllegalArgumentException if the text is not a policy; the message says what was found */
    public static Policy parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("policy: expected JSON, found " + e.getOriginalMessage(), e);
        } catch (NumberFormatException e) {
            // Jackson lets it through for a number whose exponent is beyond every BigDecimal.
            throw new IllegalArgumentException("policy: expected numbers, found " + e.getMessage(), e);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("policy: expected a JSON object, found " + root.getNodeType());
        }
        List<Statement> statements = new ArrayList<>();
        JsonNode all = root.path("Statement");
        for (JsonNode one : all.isArray() ? all : List.of(all)) {
            if (one instanceof ObjectNode object) {
                statements.add(new Statement(object));
            } else if (!one.isMissingNode()) {
                throw new IllegalArgumentException(
                        "policy: expected statements as objects, found " + one.getNodeType());
            }
        }
        return new Policy(textOf(root.get("Version")), textOf(root.get("Id")), statements);
    }

    /** Minified, statements in their order: what AWS counts (facts/aws.md A1.2). */
    public String render() {
        ObjectNode root = JSON.createObjectNode();
        if (version != null) {
            root.put("Version", version);
        }
        if (id != null) {
            root.put("Id", id);
        }
        var array = root.putArray("Statement");
        statements.forEach(s -> array.add(s.node()));
        return root.toString();
    }

    /** Bytes that the provider counts for a text. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static @Nullable String textOf(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asText();
    }
}

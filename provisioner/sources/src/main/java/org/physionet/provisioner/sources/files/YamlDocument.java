package org.physionet.provisioner.sources.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A YAML file as a tree that knows in which line everything stands. One document; no anchors and aliases, which a reader
 * would have to resolve in the head; no key twice.
 *
 * @param lines by path, as {@link Fields} writes it
 */
record YamlDocument(String file, JsonNode root, Map<String, Integer> lines) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(Limits.JSON)
            .build();

    static YamlDocument read(SiteFile file) throws IOException {
        String text = file.text();
        Map<String, Integer> lines = new HashMap<>();
        try (YAMLParser parser = YAML.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new FileFailure(file.name() + ": expected keys and values, found nothing");
            }
            JsonNode root = node(parser, "", lines, file.name());
            if (parser.nextToken() != null) {
                throw FileFailure.at(
                        file.name(), parser.currentTokenLocation().getLineNr(), "expected one document, found another");
            }
            return new YamlDocument(file.name(), root, lines);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw FileFailure.at(file.name(), line, "not YAML: " + firstLine(e.getOriginalMessage()));
        }
    }

    /** {@code file:line} of the path, or of the nearest thing around it that is there. */
    String where(String path) {
        String at = path;
        while (!lines.containsKey(at)) {
            int cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
            if (cut < 0) {
                return file + ":1";
            }
            at = at.substring(0, cut);
        }
        return file + ":" + lines.get(at);
    }

    private static JsonNode node(YAMLParser parser, String path, Map<String, Integer> lines, String file)
            throws IOException {
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw FileFailure.at(
                    file, parser.currentTokenLocation().getLineNr(), "anchors and aliases are not taken; write it out");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    String field = path.isEmpty() ? name : path + "." + name;
                    lines.put(field, parser.currentTokenLocation().getLineNr());
                    parser.nextToken();
                    object.set(name, node(parser, field, lines, file));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(node(parser, path + "[" + array.size() + "]", lines, file));
                }
                yield array;
            }
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            default -> NODES.textNode(parser.getText());
        };
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? NODES.numberNode(parser.getBigIntegerValue())
                : NODES.numberNode(parser.getDecimalValue());
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}

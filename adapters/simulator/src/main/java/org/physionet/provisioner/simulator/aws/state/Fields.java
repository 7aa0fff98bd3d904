package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads one object of a state file; every complaint names the field's place, and fields that nobody asks for are refused. */
final class Fields {
    private final String place;
    private final ObjectNode json;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, List<Fields>> lists = new TreeMap<>();

    Fields(String place, JsonNode json) {
        this.place = place;
        if (!(json instanceof ObjectNode object)) {
            throw new IllegalArgumentException(place + ": expected an object, found " + json);
        }
        this.json = object;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "a text", "nothing"));
    }

    Optional<String> optionalText(String name) {
        return node(name).map(node -> {
            if (!node.isTextual()) {
                throw wrong(name, "a text", node.toString());
            }
            return node.asText();
        });
    }

    boolean flag(String name, boolean otherwise) {
        return node(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw wrong(name, "true or false", node.toString());
                    }
                    return node.asBoolean();
                })
                .orElse(otherwise);
    }

    int number(String name, int otherwise) {
        return node(name)
                .map(node -> {
                    if (!node.isInt()) {
                        throw wrong(name, "a whole number", node.toString());
                    }
                    return node.asInt();
                })
                .orElse(otherwise);
    }

    Optional<Instant> instant(String name) {
        return optionalText(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw wrong(name, "an instant such as 2026-11-01T12:00:00Z", text);
            }
        });
    }

    Duration duration(String name, Duration otherwise) {
        String text = optionalText(name).orElse(otherwise.toString());
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // told below, like a negative one
        }
        throw wrong(name, "a duration such as PT30S", text);
    }

    /** Absent, {@code null} and an object are three things for some fields: {@link #has} tells absence. */
    boolean has(String name) {
        return json.has(name);
    }

    Optional<ObjectNode> object(String name) {
        return node(name).map(node -> {
            if (!(node instanceof ObjectNode object)) {
                throw wrong(name, "an object", node.toString());
            }
            return object;
        });
    }

    Optional<Fields> fields(String name) {
        return object(name).map(node -> new Fields(place + "." + name, node));
    }

    /** The objects of a list; none if the field is absent. The same ones at every call, so that they know what was asked. */
    List<Fields> list(String name) {
        return lists.computeIfAbsent(name, this::newList);
    }

    private List<Fields> newList(String name) {
        List<Fields> list = new ArrayList<>();
        for (JsonNode item : array(name)) {
            list.add(new Fields(place + "." + name + "[" + list.size() + "]", item));
        }
        return list;
    }

    List<String> texts(String name) {
        List<String> list = new ArrayList<>();
        for (JsonNode item : array(name)) {
            if (!item.isTextual()) {
                throw wrong(name, "a list of texts", item.toString());
            }
            list.add(item.asText());
        }
        return list;
    }

    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new TreeMap<>();
        object(name).ifPresent(object -> {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (!entry.getValue().isTextual()) {
                    throw wrong(
                            name + "." + entry.getKey(),
                            "a text",
                            entry.getValue().toString());
                }
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return texts;
    }

    /** All that are there, for an object whose names are data. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The fields of an object whose names are data. */
    Map<String, Fields> fieldsByName(String name) {
        Map<String, Fields> all = new TreeMap<>();
        object(name)
                .ifPresent(object -> object.properties()
                        .forEach(e ->
                                all.put(e.getKey(), new Fields(place + "." + name + "." + e.getKey(), e.getValue()))));
        return all;
    }

    /** @throws IllegalArgumentException naming the first field that was not read */
    void done() {
        json.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                throw new IllegalArgumentException(place + "." + name + ": unknown field");
            }
        });
    }

    IllegalArgumentException wrong(String name, String expected, String found) {
        return new IllegalArgumentException(place + "." + name + ": expected " + expected + ", found " + found);
    }

    private Iterable<JsonNode> array(String name) {
        return node(name)
                .map(node -> {
                    if (!node.isArray()) {
                        throw wrong(name, "a list", node.toString());
                    }
                    return node;
                })
                .orElse(JsonNodeFactory.instance.arrayNode());
    }

    private Optional<JsonNode> node(String name) {
        asked.add(name);
        JsonNode node = json.path(name);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }
}

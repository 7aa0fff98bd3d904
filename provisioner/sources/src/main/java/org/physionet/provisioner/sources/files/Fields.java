package org.physionet.provisioner.sources.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON or YAML object, taken one by one. What is wrong is reported by the field's path and read as a
 * harmless value, so that one look finds all that is wrong; what nobody has taken at the end is unknown, and reported.
 */
final class Fields {
    /** Hears what is wrong; {@code path} as in {@code agreements[2].signedAt}. */
    interface Problems {
        void report(String path, String problem);
    }

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(Z|[+-]\\d\\d:\\d\\d)");

    private final JsonNode node;
    private final String path;
    private final Problems problems;
    private final Set<String> taken = new HashSet<>();

    private Fields(JsonNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** Of an object; anything else is reported, and has no fields. */
    static Fields of(JsonNode node, String path, Problems problems) {
        if (!node.isObject()) {
            problems.report(path, expected("an object", node));
        }
        return new Fields(node, path, problems);
    }

    /** Of the object itself. */
    String path() {
        return path;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void report(String name, String problem) {
        problems.report(path(name), problem);
    }

    boolean has(String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    /** A text of at least one character that must be there; "" if it is not. */
    String text(String name) {
        String value = optionalText(name);
        if (value == null && !has(name)) {
            report(name, "expected a text, found none");
        }
        return value == null ? "" : value;
    }

    @Nullable String optionalText(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            report(name, expected("a text", value));
            return null;
        }
        return value.textValue();
    }

    /** @param fallback for a field that is not there; null: it must be */
    boolean flag(String name, @Nullable Boolean fallback) {
        JsonNode value = take(name);
        if (value == null && fallback != null) {
            return fallback;
        }
        if (value == null || !value.isBoolean()) {
            report(name, expected("true or false", value));
            return false;
        }
        return value.booleanValue();
    }

    /** A whole number of zero or more that need not be there. */
    @Nullable Integer count(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            report(name, expected("a whole number of zero or more", value));
            return null;
        }
        return value.intValue();
    }

    /** A text that the function turns into a value, or null if it is not there or the function refuses it. */
    <T> @Nullable T parsed(String name, Function<String, T> parse) {
        String value = optionalText(name);
        if (value == null) {
            return null;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            report(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** As {@link #parsed}, of a field that must be there. */
    <T> @Nullable T required(String name, Function<String, T> parse) {
        if (!has(name)) {
            text(name);
            return null;
        }
        return parsed(name, parse);
    }

    @Nullable Instant instant(String name) {
        return parsed(name, Fields::parseInstant);
    }

    /** The objects of a list that need not be there. */
    List<Fields> list(String name) {
        List<Fields> list = new ArrayList<>();
        elements(name).forEach((at, element) -> list.add(of(element, at, problems)));
        return list;
    }

    /** The texts of a list that need not be there. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        elements(name).forEach((at, element) -> {
            if (element.isTextual() && !element.textValue().isEmpty()) {
                texts.add(element.textValue());
            } else {
                problems.report(at, expected("a text", element));
            }
        });
        return texts;
    }

    /** The object of a field that need not be there. */
    @Nullable Fields object(String name) {
        JsonNode value = take(name);
        return value == null ? null : of(value, path(name), problems);
    }

    /** Every field that has not been taken yet, as texts. */
    Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> {
            if (!taken.contains(name)) {
                String value = optionalText(name);
                if (value != null) {
                    others.put(name, value);
                }
            }
        });
        return others;
    }

    /** Reports every field that has not been taken. */
    void end() {
        node.fieldNames().forEachRemaining(name -> {
            if (!taken.contains(name)) {
                report(name, "unknown key; known are " + String.join(", ", new TreeSet<>(taken)));
            }
        });
    }

    private Map<String, JsonNode> elements(String name) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        JsonNode value = take(name);
        if (value != null && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                elements.put(path(name) + "[" + i + "]", value.get(i));
            }
        } else if (value != null) {
            report(name, expected("a list", value));
        }
        return elements;
    }

    private @Nullable JsonNode take(String name) {
        taken.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static Instant parseInstant(String text) {
        try {
            if (TIME.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // A day or an hour that does not exist: refused below like any other text.
        }
        throw new IllegalArgumentException("expected a time like 2026-11-01T12:00:00.000000Z, found \"" + text + "\"");
    }

    private static String expected(String what, @Nullable JsonNode found) {
        String text = found == null ? "none" : found.toString();
        return "expected " + what + ", found " + (text.length() > 60 ? text.substring(0, 60) + "…" : text);
    }
}

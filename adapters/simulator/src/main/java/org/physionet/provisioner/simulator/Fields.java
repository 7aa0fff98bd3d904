package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of one JSON object strictly: a field of the wrong type, a missing one, and in {@link #end} one that
 * nobody asked for, is an {@link IllegalArgumentException} that names it by its path.
 */
public final class Fields {
    private final String where;
    private final ObjectNode node;
    private final Set<String> known = new HashSet<>();

    private Fields(String where, ObjectNode node) {
        this.where = where;
        this.node = node;
    }

    /** @param where the object's path, for messages, e.g. {@code gcp.buckets[2]} */
    public static Fields of(String where, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Fields(where, object);
        }
        throw new IllegalArgumentException(where + ": expected an object, found " + shown(node));
    }

    public String where() {
        return where;
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "text", "nothing"));
    }

    public Optional<String> optionalText(String name) {
        return read(name, "text", n -> n.isTextual() ? n.textValue() : null);
    }

    public boolean bool(String name, boolean otherwise) {
        return read(name, "true or false", n -> n.isBoolean() ? n.booleanValue() : null)
                .orElse(otherwise);
    }

    public Optional<Long> wholeNumber(String name) {
        return read(name, "a whole number", n -> n.isIntegralNumber() && n.canConvertToLong() ? n.longValue() : null);
    }

    public Optional<Double> number(String name) {
        return read(name, "a number", n -> n.isNumber() ? n.doubleValue() : null);
    }

    public Optional<Instant> instant(String name) {
        return read(name, "an instant such as 2026-11-22T10:00:00Z", n -> Instant.parse(n.asText()));
    }

    public Optional<Duration> duration(String name) {
        return read(name, "a duration such as PT10M", n -> Duration.parse(n.asText()));
    }

    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type, Function<E, String> spelling) {
        List<String> spellings = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            spellings.add(spelling.apply(constant));
        }
        return read(name, "one of " + spellings, n -> {
            int at = spellings.indexOf(n.asText());
            return at < 0 ? null : type.getEnumConstants()[at];
        });
    }

    /** The elements, or none if the field is absent. */
    public List<JsonNode> list(String name) {
        List<JsonNode> elements = new ArrayList<>();
        read(name, "a list", n -> n.isArray() ? n : null).ifPresent(n -> n.forEach(elements::add));
        return elements;
    }

    public List<String> texts(String name) {
        return list(name).stream()
                .map(n -> {
                    if (!n.isTextual()) {
                        throw wrong(name, "a list of texts", shown(n));
                    }
                    return n.textValue();
                })
                .toList();
    }

    public Optional<ObjectNode> object(String name) {
        return read(name, "an object", n -> n instanceof ObjectNode o ? o : null);
    }

    /** Each object of a list, with its own path. */
    public List<Fields> objects(String name) {
        List<JsonNode> elements = list(name);
        List<Fields> result = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            result.add(of(where + "." + name + "[" + i + "]", elements.get(i)));
        }
        return result;
    }

    /** @throws IllegalArgumentException if the object has a field that was never asked for */
    public void end() {
        for (var names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(where + ": unknown field \"" + name + "\"; known are "
                        + known.stream().sorted().toList());
            }
        }
    }

    public IllegalArgumentException wrong(String name, String expected, String found) {
        return new IllegalArgumentException(where + "." + name + ": expected " + expected + ", found " + found);
    }

    private <T> Optional<T> read(String name, String expected, Reader<T> reader) {
        known.add(name);
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        try {
            T read = reader.read(value);
            if (read != null) {
                return Optional.of(read);
            }
        } catch (DateTimeException e) {
            throw wrong(name, expected, shown(value));
        }
        throw wrong(name, expected, shown(value));
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private interface Reader<T> {
        @org.jspecify.annotations.Nullable T read(JsonNode node);
    }
}

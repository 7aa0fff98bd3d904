package org.physionet.provisioner.app.output;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A JSON object in the making, keys in the order in which they are put. The only values are those it has methods for. */
public final class Fields {
    private final SequencedMap<String, @Nullable Object> values = new LinkedHashMap<>();

    public Fields text(String key, @Nullable String value) {
        return put(key, value);
    }

    /** In its text form, null stays null. */
    public Fields name(String key, @Nullable Object value) {
        return put(key, value == null ? null : value.toString());
    }

    public Fields number(String key, long value) {
        return put(key, value);
    }

    /** A number, or null where there is none. */
    public Fields maybe(String key, @Nullable Long value) {
        return put(key, value);
    }

    public Fields flag(String key, boolean value) {
        return put(key, value);
    }

    public Fields instant(String key, @Nullable Instant value) {
        return put(key, value);
    }

    public Fields texts(String key, Collection<String> value) {
        return put(key, List.copyOf(value));
    }

    public Fields object(String key, @Nullable Fields value) {
        return put(key, value);
    }

    public Fields objects(String key, List<Fields> value) {
        return put(key, List.copyOf(value));
    }

    public Fields counts(String key, Map<String, Integer> value) {
        Fields counts = new Fields();
        value.forEach(counts::number);
        return put(key, counts);
    }

    /** All in one line for people: {@code files 3, lines 1200}. */
    public String text() {
        return values.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(java.util.stream.Collectors.joining(", "));
    }

    SequencedMap<String, @Nullable Object> values() {
        return Collections.unmodifiableSequencedMap(values);
    }

    /** @param value one of the kinds that the methods above take */
    Fields put(String key, @Nullable Object value) {
        values.put(key, value);
        return this;
    }
}

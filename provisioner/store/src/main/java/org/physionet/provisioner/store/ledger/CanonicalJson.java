package org.physionet.provisioner.store.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON with exactly one spelling for a value, so that it can be hashed: the JSON Canonicalization Scheme (RFC 8785)
 * restricted to objects, arrays, strings, integers up to ±(2⁵³−1), booleans and null. No white space; keys in the order
 * of their UTF-16 code units; in strings only {@code "}, {@code \} and U+0000 to U+001F are escaped, as
 * {@code \b \t \n \f \r} where these exist, else {@code \}{@code u00xx} in lower case; everything else as it is, in UTF-8.
 *
 * <p>Further Java types: {@link Instant} becomes ISO-8601 text in UTC, {@link Reference} its text.
 */
public final class CanonicalJson {
    private static final long LARGEST = (1L << 53) - 1;

    private final StringBuilder out = new StringBuilder(256);
    private final Consumer<Reference> references;

    private CanonicalJson(Consumer<Reference> references) {
        this.references = references;
    }

    /** @throws IllegalArgumentException for a type or a number without a canonical form */
    public static String of(@Nullable Object value) {
        return of(value, reference -> {});
    }

    /** @param references is told each reference that is written */
    public static String of(@Nullable Object value, Consumer<Reference> references) {
        CanonicalJson json = new CanonicalJson(references);
        json.value(value);
        return json.out.toString();
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> string(text);
            case Boolean flag -> out.append(flag.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(inRange(number));
            case Instant instant -> string(instant.toString());
            case Reference reference -> {
                references.accept(reference);
                string(reference.ref());
            }
            case Map<?, ?> object -> object(object);
            case Collection<?> array -> array(array);
            case Object other ->
                throw new IllegalArgumentException(
                        "no canonical form for " + other.getClass().getName());
        }
    }

    private static long inRange(long number) {
        if (Math.abs(number) > LARGEST) {
            throw new IllegalArgumentException(number + " is beyond ±(2^53-1): write it as text");
        }
        return number;
    }

    private void object(Map<?, ?> object) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        object.forEach((key, value) -> sorted.put((String) key, value));
        out.append('{');
        String separator = "";
        for (Map.Entry<String, @Nullable Object> field : sorted.entrySet()) {
            out.append(separator);
            string(field.getKey());
            out.append(':');
            value(field.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void array(Collection<?> array) {
        out.append('[');
        for (Iterator<?> items = array.iterator(); items.hasNext(); ) {
            value(items.next());
            if (items.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < 0x20) {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}

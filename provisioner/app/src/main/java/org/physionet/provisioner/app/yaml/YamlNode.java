package org.physionet.provisioner.app.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A value in a YAML file. Lines count from 1. */
public sealed interface YamlNode {
    int line();

    /** What it is, for messages, e.g. {@code a list}. */
    String describe();

    /**
     * A scalar.
     *
     * @param value as written, unquoted; numbers and booleans too
     * @param quoted written in quotes: always text
     */
    record Text(String value, boolean quoted, int line) implements YamlNode {
        /** Nothing was written, or {@code ~} or {@code null}. */
        public boolean isNothing() {
            return !quoted && (value.isEmpty() || value.equals("~") || value.equals("null"));
        }

        @Override
        public String describe() {
            return isNothing() ? "nothing" : "\"" + value + "\"";
        }
    }

    /** A map, keys in the order of the file, none twice. */
    record Mapping(SequencedMap<String, Entry> entries, int line) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String describe() {
            return "a map";
        }
    }

    /** A list. */
    record Items(List<YamlNode> items, int line) implements YamlNode {
        public Items {
            items = List.copyOf(new ArrayList<>(items));
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** @param line of the key */
    record Entry(YamlNode value, int line) {}
}

package org.physionet.provisioner.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.yaml.YamlNode;

/**
 * The values of a configuration file by full key, before anything is known about the keys.
 *
 * @param values placeholders not yet filled; a list of values is joined by commas
 * @param problems lists of lists, lists of maps: what no key can be
 */
record RawValues(SequencedMap<String, Value> values, List<Problem> problems) {
    /**
     * @param place for messages
     * @param nothing whether no value was written, as in {@code gcp:} alone
     */
    record Value(String text, String place, boolean nothing) {}

    static RawValues of(YamlNode root, String file) {
        RawValues raw = new RawValues(new LinkedHashMap<>(), new ArrayList<>());
        switch (root) {
            case YamlNode.Mapping mapping -> raw.take("", mapping, file);
            case YamlNode other ->
                raw.problems.add(Problem.of("The configuration is not a map of keys")
                        .at(file + ", line " + other.line())
                        .expected("key: value")
                        .found(other.describe()));
        }
        return raw;
    }

    private void take(String prefix, YamlNode.Mapping mapping, String file) {
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            String key = prefix + entry.getKey();
            String place = file + ", line " + entry.getValue().line();
            switch (entry.getValue().value()) {
                case YamlNode.Text text -> values.put(key, new Value(text.value(), place, text.isNothing()));
                case YamlNode.Mapping inner -> take(key + ".", inner, file);
                case YamlNode.Items list -> values.put(key, new Value(joined(key, list, place), place, false));
            }
        }
    }

    private String joined(String key, YamlNode.Items list, String place) {
        if (!list.items().stream().allMatch(YamlNode.Text.class::isInstance)) {
            problems.add(Problem.of("The key " + key + " has a list of more than plain values")
                    .at(place));
            return "";
        }
        return list.items().stream().map(i -> ((YamlNode.Text) i).value()).collect(Collectors.joining(","));
    }
}

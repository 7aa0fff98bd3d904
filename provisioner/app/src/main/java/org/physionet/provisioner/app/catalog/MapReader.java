package org.physionet.provisioner.app.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.yaml.YamlNode;

/** Takes values out of a YAML map and collects what is wrong with it, with file and line. */
final class MapReader {
    private final String file;
    private final YamlNode.Mapping mapping;
    private final List<Problem> problems;

    MapReader(String file, YamlNode.Mapping mapping, List<Problem> problems) {
        this.file = file;
        this.mapping = mapping;
        this.problems = problems;
    }

    void refuseOthers(Set<String> known) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(Problem.of("Unknown key \"" + key + "\"")
                        .at(at(entry.line()))
                        .expected("one of " + new TreeSet<>(known))
                        .next(Nearest.question(key, known).orElse(null)));
            }
        });
    }

    /** As they stand in the file, for messages. */
    String keys() {
        return String.join(", ", mapping.entries().keySet());
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    boolean isText(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry != null && entry.value() instanceof YamlNode.Text;
    }

    /** The line of a key, or of the map if it is not there. */
    int line(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.line() : entry.line();
    }

    /** Empty if it is not there or, which is a problem, no plain value. */
    Optional<String> text(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Text text && !text.isNothing()) {
            return Optional.of(text.value());
        }
        wrong(key, "a value", entry.value().describe());
        return Optional.empty();
    }

    /** A list of plain values; one value alone is a list of one. */
    List<String> texts(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        List<String> texts = new ArrayList<>();
        switch (entry == null ? null : entry.value()) {
            case null -> {}
            case YamlNode.Text text when !text.isNothing() -> texts.add(text.value());
            case YamlNode.Items items ->
                items.items().forEach(item -> {
                    if (item instanceof YamlNode.Text text && !text.isNothing()) {
                        texts.add(text.value());
                    } else {
                        wrong(key, "a list of values", item.describe() + " in it");
                    }
                });
            case YamlNode other -> wrong(key, "a list of values", other.describe());
        }
        return texts;
    }

    Optional<List<YamlNode>> items(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry != null && entry.value() instanceof YamlNode.Items items) {
            return Optional.of(items.items());
        }
        if (entry != null) {
            wrong(key, "a list", entry.value().describe());
        }
        return Optional.empty();
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return text(key).flatMap(text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(java.util.Locale.ROOT).equals(text)) {
                    return Optional.of(constant);
                }
            }
            List<String> names = java.util.Arrays.stream(type.getEnumConstants())
                    .map(c -> c.name().toLowerCase(java.util.Locale.ROOT))
                    .toList();
            wrong(key, String.join(", ", names), "\"" + text + "\"");
            return Optional.empty();
        });
    }

    void wrong(String key, String expected, String found) {
        problems.add(Problem.of("The value of " + key + " is wrong")
                .at(at(line(key)))
                .expected(expected)
                .found(found));
    }

    String at(int line) {
        return file + ", line " + line;
    }
}

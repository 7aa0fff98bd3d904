package org.physionet.provisioner.app.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads one YAML file strictly: UTF-8, one document, no key twice, no tags of a programming language. Aliases are followed,
 * but what they unfold to counts against the limit, so that a small file can not become a large one.
 */
public final class YamlFile {
    private static final int LARGEST_BYTES = 64 << 20;
    private static final int MOST_NODES = 2_000_000;
    private static final int DEEPEST = 30;

    private final Path file;
    private int nodes;

    private YamlFile(Path file) {
        this.file = file;
    }

    /**
     * @param what the file is, for messages, e.g. {@code catalog}
     * @return empty if there is nothing in it but comments
     * @throws UsageError if it can not be read or is not well-formed
     */
    public static Optional<YamlNode> read(Path file, String what) {
        YamlFile reader = new YamlFile(file);
        try {
            Node root = new Yaml(new SafeConstructor(options())).compose(new java.io.StringReader(reader.text(what)));
            return root == null ? Optional.empty() : Optional.of(reader.convert(root, 0));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new UsageError(Problem.of("The " + what + " is not well-formed YAML: " + e.getProblem())
                    .at(file
                            + (mark == null
                                    ? ""
                                    : ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)))
                    .next("mend it there; a file that was cut off ends in the middle of a value"));
        } catch (YAMLException e) {
            throw new UsageError(Problem.of("The " + what + " is not well-formed YAML: " + e.getMessage())
                    .at(file.toString()));
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_BYTES);
        options.setNestingDepthLimit(DEEPEST);
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(MOST_NODES); // what they unfold to is counted in convert
        return options;
    }

    private String text(String what) {
        try {
            return Bounded.text(file, LARGEST_BYTES);
        } catch (CharacterCodingException e) {
            throw new UsageError(
                    Problem.of("The " + what + " is not UTF-8 text").at(file.toString()));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new UsageError(
                    Problem.of("There is no " + what).at(file.toString()).next("write it there, or name another file"));
        } catch (IOException e) {
            throw new UsageError(Problem.of("The " + what + " can not be read: " + Unreadable.why(e))
                    .at(file.toString()));
        }
    }

    private YamlNode convert(Node node, int depth) {
        int line = node.getStartMark().getLine() + 1;
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw problem(
                    "The file unfolds to too much: expected at most " + MOST_NODES + " values, " + DEEPEST + " deep",
                    line);
        }
        return switch (node) {
            case ScalarNode scalar ->
                new YamlNode.Text(
                        scalar.getValue(),
                        scalar.getScalarStyle() != org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN,
                        line);
            case SequenceNode sequence -> {
                List<YamlNode> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
                yield new YamlNode.Items(items, line);
            }
            case MappingNode mapping -> mapping(mapping, line, depth);
            default -> throw problem("Something that is neither a value, a list nor a map", line);
        };
    }

    private YamlNode mapping(MappingNode node, int line, int depth) {
        SequencedMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            int keyLine = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw problem("A key that is not a plain word", keyLine);
            }
            YamlNode.Entry entry = new YamlNode.Entry(convert(tuple.getValueNode(), depth + 1), keyLine);
            YamlNode.Entry earlier = entries.putIfAbsent(key.getValue(), entry);
            if (earlier != null) {
                throw new UsageError(Problem.of("The key \"" + key.getValue() + "\" is there twice")
                        .at(file + ", line " + keyLine)
                        .expected("each key once")
                        .found("the first one in line " + earlier.line())
                        .next("remove one of them"));
            }
        }
        return new YamlNode.Mapping(entries, line);
    }

    private UsageError problem(String what, int line) {
        return new UsageError(Problem.of(what).at(file + ", line " + line));
    }
}

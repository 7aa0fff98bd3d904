package org.physionet.provisioner.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.yaml.YamlFile;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.source.SourceProvider;

/**
 * Reads the configuration file, fills placeholders, lays the environment over it and refuses what nobody knows. All
 * problems are reported at once.
 */
public final class ConfigurationReader {
    /** The file that is read when none is named. */
    public static final String USUAL_NAME = "provisioner.yaml";

    private final Map<String, String> environment;
    private final Collection<SourceProvider> sources;
    private final Collection<AdapterProvider> adapters;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    public ConfigurationReader(
            Map<String, String> environment, Collection<SourceProvider> sources, Collection<AdapterProvider> adapters) {
        this.environment = environment;
        this.sources = sources;
        this.adapters = adapters;
    }

    /**
     * @param named by {@code --config}; null: the usual file in the working folder
     * @throws UsageError if it can not be read or something in it is wrong
     */
    public Configuration read(@Nullable Path named, Path workingFolder) {
        Path file = workingFolder
                .resolve(named == null ? Path.of(USUAL_NAME) : named)
                .normalize();
        boolean fromFile = named != null || Files.exists(file);
        if (!fromFile && environment.keySet().stream().noneMatch(ConfigurationReader::isKey)) {
            throw new UsageError(Problem.of("There is no configuration")
                    .expected(file + ", or --config FILE, or keys in the environment (PROVISIONER_…)")
                    .next("write " + USUAL_NAME + " with at least source: and catalog:, or run provisioner demo "
                            + "to see the program at work without one"));
        }
        SequencedMap<String, RawValues.Value> values = fromFile ? fileValues(file) : new LinkedHashMap<>();
        overlay(values);
        String type = sourceType(values, file);
        Optional<SourceProvider> source =
                sources.stream().filter(s -> s.type().equals(type)).findFirst();
        KnownKeys known = new KnownKeys(source, adapters);
        refuseUnknown(values, known, type);
        warnOfUnknownVariables(known);
        Map<String, String> filled = fill(values, known);
        Path base = fromFile && file.getParent() != null ? file.getParent() : workingFolder;
        Configuration configuration = new ConfigurationValues(filled, values, base, problems)
                .build(fromFile ? file : null, type, source, adapters, notices);
        if (!problems.isEmpty()) {
            throw new UsageError(problems);
        }
        return configuration;
    }

    private SequencedMap<String, RawValues.Value> fileValues(Path file) {
        RawValues raw = YamlFile.read(file, "configuration")
                .map(root -> RawValues.of(root, file.toString()))
                .orElseThrow(() -> new UsageError(Problem.of("The configuration is empty")
                        .at(file.toString())
                        .expected("at least source: and what it needs")));
        problems.addAll(raw.problems());
        raw.values().replaceAll((_, value) -> new RawValues.Value(placeholders(value), value.place(), value.nothing()));
        return raw.values();
    }

    private String placeholders(RawValues.Value value) {
        try {
            return Placeholders.fill(value.text(), environment);
        } catch (Placeholders.Missing e) {
            problems.add(Problem.of("The environment variable " + e.variable + " is not set")
                    .at(value.place())
                    .expected("a value for ${" + e.variable + "}")
                    .next("set " + e.variable + ", or write the value itself"));
            return "";
        }
    }

    private static boolean isKey(String variable) {
        return variable.startsWith(EnvironmentNames.PREFIX) && !EnvironmentNames.isForeign(variable);
    }

    /** The environment wins over the file; an empty variable counts as not set. */
    private void overlay(SequencedMap<String, RawValues.Value> values) {
        Map<String, String> byVariable = new TreeMap<>();
        List<Optional<SourceProvider>> types =
                new ArrayList<>(sources.stream().map(Optional::of).toList());
        types.add(Optional.empty());
        types.forEach(type -> new KnownKeys(type, adapters)
                .all()
                .keySet()
                .forEach(key -> byVariable.put(EnvironmentNames.of(key), key)));
        byVariable.forEach((variable, key) -> {
            String value = environment.getOrDefault(variable, "");
            if (!value.isBlank()) {
                values.put(key, new RawValues.Value(value, "environment variable " + variable, false));
            }
        });
    }

    private String sourceType(Map<String, RawValues.Value> values, Path file) {
        String types = sources.stream().map(SourceProvider::type).sorted().collect(Collectors.joining(" or "));
        RawValues.Value value = values.get("source.type");
        if (value == null || value.nothing() || value.text().isBlank()) {
            problems.add(Problem.of("The configuration does not say where identities come from")
                    .at(file + ", source.type")
                    .expected(types)
                    .found("nothing"));
            return "";
        }
        if (sources.stream().noneMatch(s -> s.type().equals(value.text()))) {
            problems.add(Problem.of("There is no source of this type")
                    .at(value.place() + ", source.type")
                    .expected(types)
                    .found(value.text()));
        }
        return value.text();
    }

    private void refuseUnknown(Map<String, RawValues.Value> values, KnownKeys known, String sourceType) {
        boolean sourceKnown = sources.stream().anyMatch(s -> s.type().equals(sourceType));
        values.forEach((key, value) -> {
            boolean emptySection = value.nothing() && known.isSection(key);
            if (known.find(key).isPresent() || emptySection || (key.startsWith("source.") && !sourceKnown)) {
                return;
            }
            String next = Nearest.question(key, known.all().keySet())
                    .orElse("provisioner doctor --help names the reference of all keys");
            problems.add(Problem.of("Unknown key " + key)
                    .at(value.place())
                    .expected(expectation(key, known, sourceType))
                    .next(next));
        });
    }

    /** The keys beside which it stands. */
    private static String expectation(String key, KnownKeys known, String sourceType) {
        String section = key.contains(".") ? key.substring(0, key.lastIndexOf('.') + 1) : "";
        boolean real = !section.isEmpty() && known.all().keySet().stream().anyMatch(k -> k.startsWith(section));
        if (!real) {
            return "one of the sections "
                    + known.all().keySet().stream()
                            .map(k -> k.contains(".") ? k.substring(0, k.indexOf('.')) : k)
                            .collect(Collectors.toCollection(TreeSet::new));
        }
        String of = section.equals("source.") ? " (type " + sourceType + ")" : "";
        return "one of "
                + known.all().keySet().stream()
                        .filter(k -> k.startsWith(section))
                        .map(k -> k.substring(section.length()))
                        .collect(Collectors.toCollection(TreeSet::new))
                + of;
    }

    /** Not an error: whoever starts the program may have variables of their own. */
    private void warnOfUnknownVariables(KnownKeys known) {
        Map<String, String> ours = new TreeMap<>();
        known.all().keySet().forEach(key -> ours.put(EnvironmentNames.of(key), key));
        environment.keySet().stream()
                .filter(v -> isKey(v) && !ours.containsKey(v))
                .sorted()
                .forEach(v -> notices.add("The environment variable " + v + " is no key of the configuration"
                        + Nearest.question(v, ours.keySet()).map(q -> "; " + q).orElse("")));
    }

    private static Map<String, String> fill(Map<String, RawValues.Value> values, KnownKeys known) {
        Map<String, String> filled = new TreeMap<>();
        for (Setting setting : known.all().values()) {
            RawValues.Value value = values.get(setting.key());
            if (value != null && !value.nothing()) {
                filled.put(setting.key(), value.text());
            } else if (setting.fallback() != null) {
                filled.put(setting.key(), setting.fallback());
            }
        }
        return filled;
    }
}

package org.physionet.provisioner.engine.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;

/**
 * Requirements, rules and catalog lines as short texts under keys, so that the record can keep them and a later run can
 * say what changed and decide again under the old ones.
 */
public final class Facts {
    static final String RULES = "rules";

    private Facts() {}

    public static SortedMap<String, String> of(
            @Nullable Snapshot snapshot, EligibilityRules rules, Collection<Resource> resources) {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put(RULES, rulesText(rules));
        if (snapshot != null) {
            snapshot.trainingTypes().values().forEach(type -> facts.put(training(type.id()), validity(type)));
            snapshot.datasets().values().forEach(dataset -> addDataset(dataset, facts));
        }
        resources.forEach(resource -> facts.put(resource(resource.id()), line(resource)));
        return facts;
    }

    static String training(TrainingTypeId id) {
        return "training/" + id;
    }

    static String dataset(DatasetId id, String facet) {
        return "dataset/" + id + "/" + facet;
    }

    public static String resource(ResourceId id) {
        return "resource/" + id;
    }

    private static void addDataset(Dataset dataset, SortedMap<String, String> facts) {
        DatasetId id = dataset.id();
        facts.put(dataset(id, "requirement"), requirement(dataset));
        facts.put(dataset(id, "deprecated"), Boolean.toString(dataset.deprecated()));
        facts.put(
                dataset(id, "embargo"),
                dataset.embargoedUntil() == null
                        ? "none"
                        : dataset.embargoedUntil().toString());
        facts.put(dataset(id, "downloads"), Boolean.toString(dataset.downloadsAllowed()));
        facts.put(dataset(id, "georestricted"), Boolean.toString(dataset.georestricted()));
    }

    /** The keys of everything that decides about one dataset. */
    static List<String> keysFor(Dataset dataset) {
        List<String> keys = new ArrayList<>();
        keys.add(RULES);
        for (String facet : List.of("requirement", "deprecated", "embargo", "downloads", "georestricted")) {
            keys.add(dataset(dataset.id(), facet));
        }
        dataset.requirement().trainings().forEach(type -> keys.add(training(type)));
        return keys;
    }

    static String line(Resource resource) {
        return resource.admits().name().toLowerCase(java.util.Locale.ROOT) + " of "
                + resource.datasets().stream().map(DatasetId::toString).collect(Collectors.joining(" "));
    }

    static Resource withLine(Resource resource, String line) {
        String[] parts = line.split(" of ", 2);
        TreeSet<DatasetId> datasets = new TreeSet<>();
        for (String id : parts[1].split(" ")) {
            datasets.add(DatasetId.parse(id));
        }
        return new Resource(
                resource.id(),
                resource.provider(),
                resource.layout(),
                resource.options(),
                resource.mode(),
                datasets,
                Resource.Admits.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)),
                resource.keep(),
                resource.origin());
    }

    private static String validity(TrainingType type) {
        TermLength length = type.validity();
        return length == null ? "none" : length.months() + " " + length.rest();
    }

    static TrainingType withValidity(TrainingType type, String validity) {
        return new TrainingType(type.id(), type.name(), parseValidity(validity));
    }

    private static @Nullable TermLength parseValidity(String text) {
        if (text.equals("none")) {
            return null;
        }
        String[] parts = text.split(" ");
        return new TermLength(Integer.parseInt(parts[0]), Duration.parse(parts[1]));
    }

    private static String requirement(Dataset dataset) {
        Requirement r = dataset.requirement();
        return dataset.policy() + ";" + (r.agreement() ? "agreement " : "") + (r.credential() ? "credential " : "")
                + (r.approval() ? "approval " : "") + ";"
                + r.trainings().stream().map(TrainingTypeId::value).collect(Collectors.joining(" "));
    }

    static Dataset withFacet(Dataset d, String facet, String value) {
        String policy = d.policy();
        Requirement requirement = d.requirement();
        boolean deprecated = d.deprecated();
        Instant embargo = d.embargoedUntil();
        boolean downloads = d.downloadsAllowed();
        boolean georestricted = d.georestricted();
        switch (facet) {
            case "requirement" -> {
                String[] parts = value.split(";", -1);
                policy = parts[0];
                TreeSet<TrainingTypeId> trainings = new TreeSet<>();
                for (String id : parts[2].isEmpty() ? new String[0] : parts[2].split(" ")) {
                    trainings.add(new TrainingTypeId(id));
                }
                requirement = new Requirement(
                        parts[1].contains("agreement"),
                        parts[1].contains("credential"),
                        parts[1].contains("approval"),
                        trainings);
            }
            case "deprecated" -> deprecated = Boolean.parseBoolean(value);
            case "embargo" -> embargo = value.equals("none") ? null : Instant.parse(value);
            case "downloads" -> downloads = Boolean.parseBoolean(value);
            case "georestricted" -> georestricted = Boolean.parseBoolean(value);
            default -> throw new IllegalArgumentException("no facet of a dataset: " + facet);
        }
        return new Dataset(
                d.id(), d.sourceRef(), d.title(), policy, requirement, deprecated, embargo, downloads, georestricted);
    }

    private static String rulesText(EligibilityRules rules) {
        return (rules.ignoreDownloadsDisabled() ? "ignore" : "deny") + ";" + String.join(" ", rules.blockedRegions())
                + ";" + (rules.allowUnknownRegion() ? "allow" : "deny");
    }

    static EligibilityRules parseRules(String text) {
        String[] parts = text.split(";", -1);
        TreeSet<String> blocked = new TreeSet<>(parts[1].isEmpty() ? List.of() : List.of(parts[1].split(" ")));
        return new EligibilityRules(parts[0].equals("ignore"), blocked, parts[2].equals("allow"));
    }

    /** A changed fact for people: {@code training 1: validity none → 1095 days}. */
    static String describe(String key, String before, String now) {
        String[] parts = key.split("/", 2);
        return switch (parts[0]) {
            case "training" -> "training " + parts[1] + ": validity " + readable(before) + " → " + readable(now);
            case "dataset" -> {
                int cut = parts[1].lastIndexOf('/');
                yield parts[1].substring(0, cut) + ": " + parts[1].substring(cut + 1) + " " + plain(before) + " → "
                        + plain(now);
            }
            case "resource" -> "catalog: " + parts[1] + " " + (before.isEmpty() ? "new, " : before + " → ") + now;
            default -> "eligibility rules: " + plain(before) + " → " + plain(now);
        };
    }

    private static String readable(String validity) {
        TermLength length = parseValidity(validity);
        return length == null ? "none" : length.toString();
    }

    private static String plain(String value) {
        return switch (value) {
            case "true" -> "yes";
            case "false" -> "no";
            default -> value.replace(" ;", "; ").replace(";", "; ").strip();
        };
    }
}

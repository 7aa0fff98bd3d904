package org.physionet.provisioner.engine.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.guards.Cause;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * Says whether a changed requirement or the person is behind a change, by deciding again under the requirements of the
 * last run: if the old ones would have decided as before, the change of requirement is the cause.
 */
final class Causes {
    private final Standing standing;
    private final SortedMap<String, String> now;
    private final SortedMap<String, String> baseline;
    private final Map<Dataset, List<String>> changed = new HashMap<>();

    Causes(Standing standing, SortedMap<String, String> now, SortedMap<String, String> baseline) {
        this.standing = standing;
        this.now = now;
        this.baseline = baseline;
    }

    /** Someone lost a dataset: because of what changed, or of themselves. */
    Cause ofRevocation(Researcher researcher, Dataset dataset, List<String> reasons) {
        Cause systemic = systemic(researcher, dataset, true);
        return systemic.counted() ? systemic : Cause.ofPeople(String.join(", ", reasons));
    }

    /** Someone gained a dataset: because of what changed, or ({@link Cause#NONE}) of themselves. */
    Cause ofAdmission(Researcher researcher, Dataset dataset) {
        return systemic(researcher, dataset, false);
    }

    private Cause systemic(Researcher researcher, Dataset dataset, boolean allowedBefore) {
        List<String> keys = changed.computeIfAbsent(dataset, this::changedKeys);
        if (keys.isEmpty() || allowed(researcher, dataset, keys, Set.of()) != allowedBefore) {
            return Cause.NONE;
        }
        for (String key : keys) {
            if (allowed(researcher, dataset, keys, Set.of(key)) != allowedBefore) {
                return cause(List.of(key));
            }
        }
        return cause(keys);
    }

    private Cause cause(List<String> keys) {
        List<String> texts = new ArrayList<>();
        for (String key : keys) {
            texts.add(Facts.describe(key, baseline.getOrDefault(key, ""), now.getOrDefault(key, "")));
        }
        return Cause.ofFact(String.join(" ", keys), String.join("; ", texts));
    }

    private List<String> changedKeys(Dataset dataset) {
        Set<String> keys = new TreeSet<>(Facts.keysFor(dataset));
        String before = baseline.get(Facts.dataset(dataset.id(), "requirement"));
        if (before != null) {
            keys.addAll(Facts.keysFor(Facts.withFacet(dataset, "requirement", before)));
        }
        return keys.stream()
                .filter(key -> now.containsKey(key)
                        && baseline.containsKey(key)
                        && !now.get(key).equals(baseline.get(key)))
                .toList();
    }

    /** The decision with the old facts, but for those that are taken as they are now. */
    private boolean allowed(Researcher researcher, Dataset dataset, List<String> keys, Set<String> asNow) {
        Dataset under = dataset;
        Map<TrainingTypeId, TrainingType> types =
                standing.population().snapshot().trainingTypes();
        EligibilityRules rules = standing.rules();
        String own = Facts.dataset(dataset.id(), "");
        for (String key : new HashSet<>(keys)) {
            String before = baseline.get(key);
            if (before == null || asNow.contains(key)) {
                continue;
            }
            if (key.equals(Facts.RULES)) {
                rules = Facts.parseRules(before);
            } else if (key.startsWith(own)) {
                under = Facts.withFacet(under, key.substring(own.length()), before);
            } else {
                types = withOldValidity(types, key, before);
            }
        }
        return standing.pairwise()
                .under(types, rules)
                .decide(researcher, under, standing.at())
                .allowed();
    }

    private static Map<TrainingTypeId, TrainingType> withOldValidity(
            Map<TrainingTypeId, TrainingType> types, String key, String before) {
        TrainingTypeId id = new TrainingTypeId(
                key.substring(Facts.training(new TrainingTypeId("x")).length() - 1));
        TrainingType type = types.get(id);
        if (type == null) {
            return types;
        }
        Map<TrainingTypeId, TrainingType> copy = new HashMap<>(types);
        copy.put(id, Facts.withValidity(type, before));
        return copy;
    }
}

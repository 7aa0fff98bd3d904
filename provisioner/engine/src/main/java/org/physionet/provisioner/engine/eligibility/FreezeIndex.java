package org.physionet.provisioner.engine.eligibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.source.Snapshot.Freeze;

/** Which pairs can not be decided because a row was not understood (CONTRACT, "What the engine may touch"). */
final class FreezeIndex {
    private final Map<ResearcherId, List<Freeze>> byResearcher = new HashMap<>();
    private final List<Freeze> forEveryone = new ArrayList<>();

    FreezeIndex(List<Freeze> freezes) {
        for (Freeze freeze : freezes) {
            if (freeze.researcher() == null) {
                forEveryone.add(freeze);
            } else {
                byResearcher
                        .computeIfAbsent(freeze.researcher(), k -> new ArrayList<>())
                        .add(freeze);
            }
        }
    }

    /** Why the pair is frozen, or null. */
    @Nullable String why(ResearcherId researcher, Dataset dataset) {
        String own = first(byResearcher.getOrDefault(researcher, List.of()), dataset);
        return own != null ? own : whyForEveryone(dataset);
    }

    @Nullable String whyForEveryone(Dataset dataset) {
        return first(forEveryone, dataset);
    }

    Iterable<ResearcherId> researchers() {
        return byResearcher.keySet();
    }

    private static @Nullable String first(List<Freeze> freezes, Dataset dataset) {
        for (Freeze freeze : freezes) {
            boolean datasetFits = freeze.dataset() == null || freeze.dataset().equals(dataset.id());
            boolean trainingFits = freeze.training() == null
                    || dataset.requirement().trainings().contains(freeze.training());
            if (datasetFits && trainingFits) {
                return freeze.why();
            }
        }
        return null;
    }
}

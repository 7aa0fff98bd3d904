package org.physionet.provisioner.sources.physionet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot.BadRow;
import org.physionet.provisioner.engine.source.Snapshot.Freeze;

/** Collects what was not understood while reading, and the pairs that therefore must stay as they are. */
final class Findings {
    private final List<BadRow> badRows = new ArrayList<>();
    private final List<Freeze> freezes = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** Reports a row on which no pair depends; gives back the text that a freeze can carry. */
    String bad(String table, Object row, String column, String problem) {
        BadRow bad = new BadRow(table, String.valueOf(row), column, problem);
        badRows.add(bad);
        return bad.toString();
    }

    void freeze(
            @Nullable ResearcherId researcher,
            @Nullable DatasetId dataset,
            @Nullable TrainingTypeId training,
            String why) {
        freezes.add(new Freeze(researcher, dataset, training, why));
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    List<BadRow> badRows() {
        return badRows;
    }

    List<Freeze> freezes() {
        return freezes;
    }

    /** Each sentence once, in the order in which it was first noted. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}

package org.physionet.provisioner.app.command;

import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;

/** Look-ups that ask the record first, and the source only for what the record does not know. */
final class Lookups {
    private Lookups() {}

    static ResearcherId researcher(Wiring wiring, String text) {
        try {
            return wiring.recordedDirectory().find(text);
        } catch (UsageError e) {
            return wiring.directory().find(text);
        }
    }

    static DatasetId dataset(Wiring wiring, String text) {
        try {
            return wiring.recordedDatasetFinder().find(text);
        } catch (UsageError e) {
            return wiring.datasets().find(text);
        }
    }

    /** Every version of a bare slug; otherwise the one dataset that is named. */
    static SortedSet<String> versions(Wiring wiring, String text) {
        SortedSet<String> all = new TreeSet<>();
        wiring.view()
                .resources()
                .values()
                .forEach(record -> record.datasets().stream()
                        .filter(id -> id.slug().equals(text.strip()))
                        .forEach(id -> all.add(id.toString())));
        if (all.isEmpty()) {
            all.add(dataset(wiring, text).toString());
        }
        return all;
    }
}

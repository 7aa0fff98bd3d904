package org.physionet.provisioner.app.command;

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
}

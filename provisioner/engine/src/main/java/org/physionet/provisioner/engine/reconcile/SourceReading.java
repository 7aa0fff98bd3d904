package org.physionet.provisioner.engine.reconcile;

import org.physionet.provisioner.engine.source.Snapshot;

/** What came of reading the source. */
public sealed interface SourceReading {
    record Read(Snapshot snapshot) implements SourceReading {}

    /** Known ends and blocks still take effect; nothing new is granted. */
    record Unreadable(String why) implements SourceReading {}
}

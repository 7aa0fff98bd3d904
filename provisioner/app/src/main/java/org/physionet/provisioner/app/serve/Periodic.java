package org.physionet.provisioner.app.serve;

import java.time.Duration;
import java.util.List;
import org.physionet.provisioner.app.wiring.Wiring;

/**
 * Something that the service does at intervals beside its runs, also when nothing happened. Of several instances one does it
 * each time; when it was last done is in the record, and in the metrics under its name.
 */
public interface Periodic {
    /** What the service does; add yours here. */
    List<Periodic> ALL = List.of(new DueCheckpoint());

    /** Unique, stays the same from release to release, e.g. {@code checkpoint}. */
    String name();

    /** @param wiring of this time's own, opened for writing */
    Duration every(Wiring wiring);

    /** Does it once. What it throws is said, and it is tried again after a minute at the latest. */
    void perform(Wiring wiring);
}

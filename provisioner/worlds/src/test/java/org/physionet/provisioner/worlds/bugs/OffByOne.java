package org.physionet.provisioner.worlds.bugs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.source.Snapshot;

/** A source that has trainings end a microsecond too late. */
final class OffByOne {
    private OffByOne() {}

    static SourceReading of(SourceReading reading) {
        if (!(reading instanceof SourceReading.Read read)) {
            return reading;
        }
        Snapshot s = read.snapshot();
        Map<TrainingTypeId, TrainingType> types = new HashMap<>();
        s.trainingTypes().values().forEach(type -> types.put(type.id(), longer(type)));
        return new SourceReading.Read(new Snapshot(
                s.takenAt(), s.researchers(), s.datasets(), types, s.resources(), s.freezes(), s.badRows(), s.notes()));
    }

    private static TrainingType longer(TrainingType type) {
        TermLength length = type.validity();
        return length == null
                ? type
                : new TrainingType(
                        type.id(),
                        type.name(),
                        new TermLength(length.months(), length.rest().plus(Duration.ofNanos(1000))));
    }
}

package org.physionet.provisioner.sources;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;

/** What a snapshot has under an id; a test that asks for what is not there fails. */
public final class Found {
    private Found() {}

    public static Researcher researcher(Snapshot snapshot, String id) {
        return in(snapshot.researchers(), new ResearcherId(id));
    }

    public static Dataset dataset(Snapshot snapshot, String id) {
        return in(snapshot.datasets(), DatasetId.parse(id));
    }

    public static TrainingType training(Snapshot snapshot, String id) {
        return in(snapshot.trainingTypes(), new TrainingTypeId(id));
    }

    /** What CONTRACT's record of a decision says of it. */
    public record Verdict(boolean allowed, @Nullable Instant expiresAt, List<String> reasons) {
        public static Verdict of(Decision decision) {
            return new Verdict(
                    decision.allowed(),
                    decision.expiresAt(),
                    decision.reasons().stream().map(Reason::code).sorted().toList());
        }
    }

    private static <K, V> V in(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " in " + map.keySet());
        }
        return value;
    }
}

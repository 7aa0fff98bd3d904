package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord.CanaryTime;

/**
 * What the canaries saw.
 *
 * @param letIn the canary whose grant was measured; null: it came to none
 * @param shutOut the canary whose revocation was measured, the same one if there is only one; null: it came to none
 * @param shards by document, e.g. access point; of a layout with one document that one
 * @param problems one sentence each
 */
public record CanaryReport(
        RunId run,
        Resource resource,
        @Nullable Principal letIn,
        @Nullable Principal shutOut,
        SortedMap<String, Effect> shards,
        List<String> problems) {
    public CanaryReport {
        shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
        problems = List.copyOf(problems);
    }

    /**
     * One shard.
     *
     * @param grantVisible from the write, accepted, to the first read that was allowed; null: not seen in time
     * @param revokeVisible from the write, accepted, to the first read that was refused; null: not seen in time
     */
    public record Effect(
            @Nullable Duration grantVisible, @Nullable Duration revokeVisible) {}

    /** The slowest shard's; null: there is none, or one was not seen in time. */
    public @Nullable Duration grantVisible() {
        return slowest(Effect::grantVisible);
    }

    /** The slowest shard's; null: there is none, or one was not seen in time. */
    public @Nullable Duration revokeVisible() {
        return slowest(Effect::revokeVisible);
    }

    private @Nullable Duration slowest(Part part) {
        Duration slowest = null;
        for (Effect effect : shards.values()) {
            Duration time = part.of(effect);
            if (time == null) {
                return null;
            }
            slowest = slowest == null || slowest.compareTo(time) < 0 ? time : slowest;
        }
        return slowest;
    }

    private interface Part {
        @Nullable Duration of(Effect effect);
    }

    /** For the run's summary: milliseconds by {@link CanaryTime#key()}. */
    Map<String, Integer> summary() {
        Map<String, Integer> all = new TreeMap<>();
        shards.forEach((shard, effect) -> {
            put(all, CanaryTime.GRANT, shard, effect.grantVisible());
            put(all, CanaryTime.REVOKE, shard, effect.revokeVisible());
        });
        return all;
    }

    private void put(Map<String, Integer> all, String effect, String shard, @Nullable Duration time) {
        if (time != null) {
            all.put(new CanaryTime(effect, resource.id().text(), shard, time).key(), Math.toIntExact(time.toMillis()));
        }
    }
}

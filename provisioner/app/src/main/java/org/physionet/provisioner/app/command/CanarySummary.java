package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.engine.store.RunRecord.CanaryTime;
import org.physionet.provisioner.store.state.CanaryFigure;

/**
 * What the canaries last measured.
 *
 * @param shards ordered by resource and shard
 */
record CanarySummary(List<Shard> shards) {
    /** @param at when the measurement ended */
    record Shard(
            String resource,
            String shard,
            Instant at,
            @Nullable Duration granted,
            @Nullable Duration revoked) {}

    static CanarySummary of(Collection<CanaryFigure> figures) {
        Map<List<String>, Shard> all = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (CanaryFigure figure : figures) {
            CanaryTime time = figure.time();
            boolean grant = time.effect().equals(CanaryTime.GRANT);
            Shard one = new Shard(
                    time.resource(), time.shard(), figure.at(), grant ? time.time() : null, grant ? null : time.time());
            all.merge(
                    List.of(time.resource(), time.shard()),
                    one,
                    (a, b) -> new Shard(
                            a.resource(),
                            a.shard(),
                            a.at(),
                            grant ? b.granted() : a.granted(),
                            grant ? a.revoked() : b.revoked()));
        }
        return new CanarySummary(List.copyOf(all.values()));
    }

    List<Fields> fields() {
        return shards.stream()
                .map(s -> new Fields()
                        .text("resource", s.resource())
                        .text("shard", s.shard())
                        .instant("at", s.at())
                        .maybe("grantSeconds", seconds(s.granted()))
                        .maybe("revokeSeconds", seconds(s.revoked())))
                .toList();
    }

    /** One for each resource: its slowest shard. */
    List<String> lines() {
        Map<String, List<Shard>> byResource = new TreeMap<>();
        shards.forEach(s ->
                byResource.computeIfAbsent(s.resource(), r -> new ArrayList<>()).add(s));
        return byResource.entrySet().stream()
                .map(e -> e.getKey() + ": granted within " + slowest(e.getValue(), true) + ", revoked within "
                        + slowest(e.getValue(), false) + " in "
                        + (e.getValue().size() == 1
                                ? "its document"
                                : "each of " + e.getValue().size() + " shards")
                        + ", measured " + Visible.time(e.getValue().getFirst().at()))
                .toList();
    }

    private static String slowest(List<Shard> shards, boolean granted) {
        Duration slowest = Duration.ZERO;
        for (Shard shard : shards) {
            Duration time = granted ? shard.granted() : shard.revoked();
            if (time == null) {
                return "(not seen everywhere)";
            }
            slowest = slowest.compareTo(time) < 0 ? time : slowest;
        }
        return slowest.toSeconds() + " s";
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }
}

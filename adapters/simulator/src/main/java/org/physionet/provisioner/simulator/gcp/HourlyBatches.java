package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which log entries are written together, and when: by log and hour of their time, an extra batch for late ones. */
final class HourlyBatches {
    private HourlyBatches() {}

    /**
     * @param log the {@code logName} without whose log it is: an aggregated sink writes those of all projects together
     * @param hour in which the entries happened
     * @param late 0 for the hour's own batch, else how many hours after it the entries came
     * @param written when the batch becomes an object
     */
    record Batch(String log, Instant hour, int late, Instant written, List<ObjectNode> entries) {}

    private record Key(String log, Instant hour, Instant written) {}

    /** Takes what is due by {@code now} out of {@code waiting}, in the order in which it is written. */
    static List<Batch> due(List<ObjectNode> waiting, Duration lag, Instant now) {
        Map<Key, List<ObjectNode>> batches = new TreeMap<>(
                Comparator.comparing(Key::written).thenComparing(Key::log).thenComparing(Key::hour));
        List<ObjectNode> still = new ArrayList<>();
        for (ObjectNode entry : waiting) {
            Instant written = written(entry, lag);
            if (written.isAfter(now)) {
                still.add(entry);
            } else {
                Key key = new Key(log(entry), hour(entry, "timestamp"), written);
                batches.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
            }
        }
        waiting.clear();
        waiting.addAll(still);
        List<Batch> due = new ArrayList<>();
        batches.forEach((key, entries) -> {
            Duration after =
                    Duration.between(key.hour().plus(Duration.ofHours(1)).plus(lag), key.written());
            due.add(new Batch(key.log(), key.hour(), (int) after.toHours(), key.written(), entries));
        });
        return due;
    }

    private static String log(ObjectNode entry) {
        String name = entry.path("logName").asText();
        int start = name.indexOf("/logs/");
        return start < 0 ? name : name.substring(start + "/logs/".length());
    }

    /** When the first batch is due. The oldest entry is first, so that this costs nothing, however many are waiting. */
    static Optional<Instant> next(List<ObjectNode> waiting, Duration lag) {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(written(waiting.getFirst(), lag));
    }

    private static Instant written(ObjectNode entry, Duration lag) {
        Instant ownBatch = hour(entry, "timestamp").plus(Duration.ofHours(1)).plus(lag);
        Instant received = Instant.parse(entry.path("receiveTimestamp").asText());
        Instant written = ownBatch;
        while (written.isBefore(received)) {
            written = written.plus(Duration.ofHours(1));
        }
        return written;
    }

    private static Instant hour(ObjectNode entry, String field) {
        return Instant.parse(entry.path(field).asText()).truncatedTo(ChronoUnit.HOURS);
    }
}

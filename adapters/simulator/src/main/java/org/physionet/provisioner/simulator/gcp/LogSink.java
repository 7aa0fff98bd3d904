package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A route from the logs of a project, folder or organization into a bucket (facts/gcp.md 4, "Sinks"). Entries are
 * written in hourly batches; those that come too late for their hour go into an extra object with {@code A} in its name.
 */
final class LogSink {
    final String name;
    /** Full name of the node whose logs, and those of all below it, are routed. */
    final String parent;

    final String bucket;
    /** {@code writerIdentity}: who must be allowed to create objects in the bucket, or the batch is lost. */
    final Member writer;
    /** From the end of an hour to the writing of its batch. */
    final Duration lag;
    /** {@code activity}, {@code data_access}. */
    final List<String> logs;

    final List<ObjectNode> waiting = new ArrayList<>();

    LogSink(String name, String parent, String bucket, Member writer, Duration lag, List<String> logs) {
        this.name = name;
        this.parent = parent;
        this.bucket = bucket;
        this.writer = writer;
        this.lag = lag;
        this.logs = List.copyOf(logs);
    }

    boolean takes(GoogleState state, String log, String resource) {
        return logs.contains(log)
                && (resource.equals(parent) || state.node(resource).ancestors.contains(parent));
    }

    /** Writes the batches that are due. */
    void settle(GoogleState state) {
        List<HourlyBatches.Batch> due = HourlyBatches.due(waiting, lag, state.now());
        state.bucket(bucket)
                .filter(into ->
                        new Access(state).allowed(writer.value(), "storage.objects.create", Target.bucket(state, into)))
                .ifPresent(into -> due.forEach(batch -> write(state, into, batch)));
    }

    private static void write(GoogleState state, Bucket into, HourlyBatches.Batch batch) {
        StringBuilder lines = new StringBuilder();
        batch.entries().forEach(entry -> lines.append(entry).append('\n'));
        Deliveries.put(state, into, name(batch), "application/json", lines.toString(), batch.written());
    }

    /** {@code cloudaudit.googleapis.com/data_access/2026/11/01/12:00:00_12:59:59_S0.json}. */
    private static String name(HourlyBatches.Batch batch) {
        String log = batch.log().replace("%2F", "/");
        String hour = batch.hour().toString();
        String part = batch.late() == 0 ? "S0" : "A" + (batch.late() - 1);
        String from = hour.substring(11, 13);
        return log + "/" + hour.substring(0, 10).replace('-', '/') + "/" + from + ":00:00_" + from + ":59:59_" + part
                + ".json";
    }

    /** When the first entry that is waiting will be written at the earliest. */
    Optional<Instant> next() {
        return HourlyBatches.next(waiting, lag);
    }
}

package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/**
 * How logs leave: settings, sinks, usage logs, and what is still to be delivered. In the state:
 *
 * <pre>{@code
 * {"delivery": "PT0S", "redaction": true, "ownDomains": ["physionet.org"],
 *  "sinks": [{"name"*: "reads", "parent"*: "projects/p", "bucket"*: "logs", "writer"*: "serviceAccount:…",
 *             "lag": "PT10M", "logs": ["data_access", "activity"], "waiting": [ENTRY]}],
 *  "usage": [ROW], "number": 17}
 * }</pre>
 *
 * {@code delivery} is from an event to its entry's arrival; {@code ownDomains} are those of the organization, whose
 * callers are not redacted.
 */
final class Logging {
    private Duration delivery = Duration.ZERO;
    private boolean redaction = true;
    private List<String> ownDomains = List.of();
    private long number;
    private final List<LogSink> sinks = new ArrayList<>();
    final UsageLog usage = new UsageLog();

    Duration delivery() {
        return delivery;
    }

    boolean redaction() {
        return redaction;
    }

    List<String> ownDomains() {
        return ownDomains;
    }

    long nextNumber() {
        return ++number;
    }

    /** @param resource full name of the node whose log it is */
    void route(GoogleState state, ObjectNode entry, String log, String resource) {
        sinks.stream().filter(sink -> sink.takes(state, log, resource)).forEach(sink -> sink.waiting.add(entry));
    }

    /** Writes everything that is due by now. */
    void settle(GoogleState state) {
        Optional<Instant> next = Stream.concat(sinks.stream().map(LogSink::next), Stream.of(usage.next()))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        if (next.isPresent() && !next.get().isAfter(state.now())) {
            sinks.forEach(sink -> sink.settle(state));
            usage.settle(state);
        }
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("delivery", delivery.toString());
        json.put("redaction", redaction);
        ownDomains.forEach(json.putArray("ownDomains")::add);
        for (LogSink sink : sinks) {
            ObjectNode each = json.withArrayProperty("sinks").addObject();
            each.put("name", sink.name).put("parent", sink.parent).put("bucket", sink.bucket);
            each.put("writer", sink.writer.toString()).put("lag", sink.lag.toString());
            sink.logs.forEach(each.putArray("logs")::add);
            each.set("waiting", PolicyState.list(sink.waiting).deepCopy());
        }
        if (!usage.waiting.isEmpty()) {
            json.set("usage", PolicyState.list(usage.waiting).deepCopy());
        }
        return json.put("number", number);
    }

    /** @throws IllegalArgumentException naming the field that is not understood */
    static Logging read(Fields fields) {
        Logging logging = new Logging();
        logging.delivery = positive(fields, "delivery", Duration.ZERO);
        logging.redaction = fields.bool("redaction", true);
        logging.ownDomains = fields.texts("ownDomains").stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
        fields.objects("sinks").forEach(each -> logging.sinks.add(sink(each)));
        logging.usage.waiting.addAll(entries(fields, "usage"));
        logging.number = fields.wholeNumber("number").orElse(0L);
        fields.end();
        return logging;
    }

    private static LogSink sink(Fields fields) {
        String writer = fields.text("writer");
        List<String> logs = fields.texts("logs");
        LogSink sink = new LogSink(
                fields.text("name"),
                fields.text("parent"),
                fields.text("bucket"),
                Member.parse(writer)
                        .filter(member -> member.kind() == Member.Kind.SERVICE_ACCOUNT)
                        .orElseThrow(() -> fields.wrong("writer", "serviceAccount:EMAIL", "\"" + writer + "\"")),
                positive(fields, "lag", Duration.ofMinutes(10)),
                logs.isEmpty() ? List.of("data_access", "activity") : logs);
        sink.waiting.addAll(entries(fields, "waiting"));
        fields.end();
        return sink;
    }

    private static List<ObjectNode> entries(Fields fields, String name) {
        return fields.list(name).stream()
                .map(node -> {
                    if (node instanceof ObjectNode entry && entry.has("timestamp") && entry.has("receiveTimestamp")) {
                        return entry.deepCopy();
                    }
                    throw fields.wrong(name, "log entries with timestamp and receiveTimestamp", node.toString());
                })
                .toList();
    }

    private static Duration positive(Fields fields, String name, Duration otherwise) {
        Duration duration = fields.duration(name).orElse(otherwise);
        if (duration.isNegative()) {
            throw fields.wrong(name, "a duration of zero or more", duration.toString());
        }
        return duration;
    }
}

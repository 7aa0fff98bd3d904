package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** How often each operation was called since the last reset, by what it answered. Guarded by the world's lock. */
public final class CallCounts {
    private final TreeMap<Key, Long> counts = new TreeMap<>(Comparator.comparing(Key::provider)
            .thenComparing(Key::method)
            .thenComparing(Key::kind)
            .thenComparing(Key::outcome));

    CallCounts() {}

    void count(String provider, Operation operation, String outcome) {
        counts.merge(new Key(provider, operation.method(), operation.kind(), outcome), 1L, Long::sum);
    }

    void reset() {
        counts.clear();
    }

    List<Row> rows() {
        return counts.entrySet().stream()
                .map(e -> new Row(
                        e.getKey().provider(),
                        e.getKey().method(),
                        e.getKey().kind(),
                        e.getKey().outcome(),
                        e.getValue()))
                .toList();
    }

    static ArrayNode json(List<Row> rows) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Row row : rows) {
            list.addObject()
                    .put("provider", row.provider())
                    .put("method", row.method())
                    .put("kind", row.kind().name().toLowerCase(Locale.ROOT))
                    .put("outcome", row.outcome())
                    .put("count", row.count());
        }
        return list;
    }

    private record Key(String provider, String method, Operation.Kind kind, String outcome) {}

    /**
     * @param outcome the HTTP status as text, or {@code reset} if the connection was cut
     * @param count at least 1
     */
    public record Row(String provider, String method, Operation.Kind kind, String outcome, long count) {}
}

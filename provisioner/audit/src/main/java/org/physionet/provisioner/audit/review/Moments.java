package org.physionet.provisioner.audit.review;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;

/**
 * Numbers accesses in their order without sorting them: by their time, and within it by what their log and id come to. The same
 * access has the same number, however the logs were delivered; on another engine it may have another one.
 */
final class Moments {
    private Moments() {}

    /** Of an access under the name {@code a}. */
    static String number(Analysis analysis) {
        return analysis.ordinal("a.moment", "a.log || ' ' || a.id");
    }

    /**
     * Where an access stands.
     *
     * @param line null: not known
     * @param mark what stands in the record, e.g. its request id, to find it by; null: the line is known
     */
    record Place(
            @Nullable String file,
            @Nullable Long line,
            @Nullable String mark) {}

    /** @param wanted numbers of accesses, with their times */
    static Map<String, Place> places(Analysis analysis, Map<String, Instant> wanted) {
        Map<String, Place> places = new HashMap<>();
        if (wanted.isEmpty()) {
            return places;
        }
        List<List<@Nullable Object>> times = new TreeSet<>(wanted.values())
                .stream().map(Collections::<@Nullable Object>singletonList).toList();
        analysis.load("wanted_time", List.of(new Column("moment", SqlEngine.Type.NUMBER)), times);
        analysis.each(
                "select " + number(analysis) + ", a.file, a.line, a.request from {access} a join {wanted_time} w"
                        + " on w.moment = " + analysis.micros("a.moment"),
                row -> {
                    String number = row.required(1);
                    if (wanted.containsKey(number)) {
                        places.put(number, new Place(row.text(2), row.whole(3), row.text(4)));
                    }
                });
        return places;
    }
}

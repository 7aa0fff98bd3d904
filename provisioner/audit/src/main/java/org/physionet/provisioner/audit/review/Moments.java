package org.physionet.provisioner.audit.review;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;

/**
 * Numbers accesses in their order without sorting them: by their time, and within it by what their log and id come to. The same
 * access has the same number, however the logs were delivered.
 */
final class Moments {
    /** Of an access under the name {@code a}: 2⁶⁴ numbers for each microsecond. */
    static final String NUMBER = "(epoch_us(a.moment)::hugeint * 18446744073709551616 + hash(a.log, a.id)::hugeint)";

    private Moments() {}

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
    static Map<String, Place> places(Accesses accesses, Map<String, Instant> wanted) {
        Map<String, Place> places = new HashMap<>();
        if (wanted.isEmpty()) {
            return places;
        }
        accesses.run("create or replace table wanted_access (n varchar, moment timestamp)");
        try (Accesses.Batch batch = accesses.appendTo("wanted_access")) {
            wanted.forEach(batch::row);
        }
        accesses.each(
                "select w.n, a.file, a.line, a.request from access a join wanted_access w on w.moment = a.moment"
                        + " and w.n::hugeint = " + NUMBER,
                row -> places.put(
                        row.getString(1), new Place(row.getString(2), row.getObject(3, Long.class), row.getString(4))));
        return places;
    }
}

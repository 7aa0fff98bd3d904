package org.physionet.provisioner.audit.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;

/** When it was changed what the clouds log: what happened while it was off can not be told. */
public final class LoggingChanges {
    private static final String QUESTION =
            "select s.who_key, s.principal, s.resource, s.moment, s.file, s.line, s.request, s.operation, s.detail, s.bucket, s.key"
                    + " from seen s where (s.action = 'LOGGING' or s.action = 'POLICY' and (s.detail like 'off%' or s.detail like 'on:%'))"
                    + " and s.allowed order by s.moment, s.n";

    private LoggingChanges() {}

    /**
     * One change.
     *
     * @param by as the log names them; null: nobody is named
     * @param off whether less is logged from now on
     * @param what e.g. {@code off: storage.googleapis.com DATA_READ}
     */
    public record Change(Instant at, @Nullable String by, boolean off, String where, String what) {}

    /** In order. */
    public static List<Change> of(Accesses accesses) {
        List<Change> all = new ArrayList<>();
        accesses.each(
                QUESTION,
                row -> all.add(new Change(
                        Objects.requireNonNull(Accesses.instant(row, 4)),
                        row.getString(2),
                        isOff(row.getString(9)),
                        row.getString(10) != null
                                ? row.getString(10)
                                : Objects.requireNonNullElse(row.getString(11), "all"),
                        Objects.requireNonNullElse(row.getString(9), row.getString(8)))));
        return all;
    }

    private static boolean isOff(@Nullable String detail) {
        return detail != null && detail.startsWith("off");
    }

    static void tell(Accesses accesses, Review.Teller teller) {
        accesses.each(QUESTION, row -> {
            if (!isOff(row.getString(9))) {
                return;
            }
            Instant at = Objects.requireNonNull(Accesses.instant(row, 4));
            long line = row.getLong(6);
            boolean noLine = row.wasNull();
            Group group = new Group(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    at,
                    at,
                    1,
                    0,
                    row.getString(5),
                    noLine ? null : (Long) line,
                    row.getString(7));
            teller.tell(
                    Code.LOGGING_OFF,
                    Code.LOGGING_OFF.usual(),
                    group,
                    Objects.requireNonNullElse(row.getString(2), "somebody") + " changed what is logged ("
                            + row.getString(8) + ") at "
                            + Objects.requireNonNullElse(row.getString(10), row.getString(11)) + ": "
                            + row.getString(9) + ". What was read from then on is in no log until it is on again");
        });
    }
}

package org.physionet.provisioner.audit.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;

/** When it was changed what the clouds log: what happened while it was off can not be told. */
public final class LoggingChanges {
    private static final String QUESTION =
            "select s.who_key, s.principal, s.resource, s.moment, s.moment, 1, 0, s.n, s.operation, s.detail, s.bucket, s.key"
                    + " from {policy_act} s where s.action = 'LOGGING' or s.detail like 'off%' or s.detail like 'on:%' order by s.n";

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
    public static List<Change> of(Analysis analysis) {
        List<Change> all = new ArrayList<>();
        analysis.each(
                QUESTION,
                row -> all.add(new Change(
                        Objects.requireNonNull(row.instant(4)),
                        row.text(2),
                        isOff(row.text(10)),
                        Objects.requireNonNullElse(row.text(11), Objects.requireNonNullElse(row.text(12), "all")),
                        Objects.requireNonNullElse(row.text(10), row.required(9)))));
        return all;
    }

    private static boolean isOff(@Nullable String detail) {
        return detail != null && detail.startsWith("off");
    }

    static void tell(Analysis analysis, Review.Teller teller) {
        analysis.each(QUESTION, row -> {
            if (!isOff(row.text(10))) {
                return;
            }
            teller.tell(
                    Code.LOGGING_OFF,
                    Code.LOGGING_OFF.usual(),
                    Group.of(row),
                    Objects.requireNonNullElse(row.text(2), "somebody") + " changed what is logged (" + row.text(9)
                            + ") at "
                            + Objects.requireNonNullElse(row.text(11), row.text(12)) + ": " + row.text(10)
                            + ". What was read from then on is in no log until it is on again");
        });
    }
}

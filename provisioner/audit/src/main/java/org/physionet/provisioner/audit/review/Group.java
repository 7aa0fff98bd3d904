package org.physionet.provisioner.audit.review;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;

/**
 * Accesses of one kind by one principal at one resource, from table {@code seen}.
 *
 * @param bytes 0 where no log says
 * @param number of the first one, see {@link Moments}; null: no access, but something that the record tells
 */
record Group(
        @Nullable String key,
        @Nullable String principal,
        @Nullable String resource,
        Instant first,
        Instant last,
        long count,
        long bytes,
        @Nullable String number) {

    /** What a group's accesses have in common. */
    enum By {
        PRINCIPAL_AND_RESOURCE("s.who_key, s.resource", "g.who_key, f.principal, g.resource"),
        PRINCIPAL("s.who_key", "g.who_key, f.principal, f.resource"),
        RESOURCE("s.resource", "null, null, g.resource");

        private final String columns;
        private final String shown;

        By(String columns, String shown) {
            this.columns = columns;
            this.shown = shown;
        }
    }

    /**
     * A statement whose rows {@link #of} reads; what is measured and shown besides follows from column 9 on.
     *
     * @param measures further ones of the group, each with its name, e.g. {@code max(j.ended) as ended}
     * @param shown what is shown of them, as {@code g.…}, and of the group's first access, as {@code f.…}
     * @param from a join that has {@code {seen}} under the name {@code s}, and conditions
     */
    static String select(By by, List<String> measures, List<String> shown, String from) {
        return select(by, "", measures, shown, from, "");
    }

    /**
     * @param more columns that a group's accesses have in common besides, under their own names
     * @param joined what is joined to the groups
     */
    static String select(By by, String more, List<String> measures, List<String> shown, String from, String joined) {
        String further = more.isEmpty() ? "" : ", " + more;
        return "select " + by.shown + ", g.first_at, g.last_at, g.many, g.bytes, g.n"
                + (shown.isEmpty() ? "" : ", " + String.join(", ", shown))
                + " from (select " + by.columns + further + ", min(s.moment) as first_at, max(s.moment) as last_at,"
                + " count(*) as many, coalesce(sum(s.bytes), 0) as bytes, min(s.n) as n"
                + (measures.isEmpty() ? "" : ", " + String.join(", ", measures))
                + " from " + from + " group by " + by.columns + further + ") g join {seen} f on f.n = g.n" + joined;
    }

    static Group of(Analysis.Row row) {
        return new Group(
                row.text(1),
                row.text(2),
                row.text(3),
                Objects.requireNonNull(row.instant(4)),
                Objects.requireNonNull(row.instant(5)),
                row.number(6),
                row.number(7),
                row.text(8));
    }

    /** The same, about more than one resource. */
    Group nowhere() {
        return at(null);
    }

    Group at(@Nullable String where) {
        return new Group(key, principal, where, first, last, count, bytes, number);
    }

    String times() {
        return count == 1 ? "once, at " + first : count + " times, from " + first + " to " + last;
    }
}

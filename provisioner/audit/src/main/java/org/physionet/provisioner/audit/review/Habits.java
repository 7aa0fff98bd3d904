package org.physionet.provisioner.audit.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;
import org.physionet.provisioner.engine.model.Counted;

/** What is unusual about how somebody reads: how much, from where, from how many places at once, and whose identity it is. */
final class Habits {
    private static final String READS = " s.allowed and s.action in ('READ', 'LIST') and s.resource is not null"
            + " and s.who = 'NAMED' and not s.exempt";

    /** Networks are /16 of IPv4 and /32 of IPv6: within one, a person moves about. */
    private static final String NETWORK = "case when strpos(s.ip, ':') > 0"
            + " then coalesce(regexp_extract(s.ip, '^[0-9a-fA-F]*:[0-9a-fA-F]*'), '')"
            + " else coalesce(regexp_extract(s.ip, '^[0-9]+[.][0-9]+'), '') end";

    private static final String DAY_OF = "s.moment - mod(s.moment, " + Analysis.DAY + ")";
    private static final String HOUR_OF = "s.moment - mod(s.moment, " + Analysis.HOUR + ")";

    /** Fewer days of others are no habit. */
    private static final int LEAST_DAYS = 5;

    private final Analysis analysis;
    private final Rules rules;

    Habits(Analysis analysis, Rules rules) {
        this.analysis = analysis;
        this.rules = rules;
    }

    void tell(Review.Teller teller) {
        volume(teller);
        regions(teller);
        shared(teller);
    }

    /** A day of one person against the days of the others at the same resource, and against their own other days. */
    private void volume(Review.Teller teller) {
        analysis.keep(
                "person_day",
                "select d.who_key, d.resource, d.day_at, d.requests, d.bytes,"
                        + " row_number() over (partition by d.resource order by d.requests, d.who_key, d.day_at) as requests_rank,"
                        + " row_number() over (partition by d.resource order by d.bytes, d.who_key, d.day_at) as bytes_rank,"
                        + " count(*) over (partition by d.resource) as days,"
                        + " count(*) over (partition by d.resource, d.who_key) as own_days"
                        + " from (select s.who_key, s.resource, " + DAY_OF + " as day_at, count(*) as requests,"
                        + " coalesce(sum(s.bytes), 0) as bytes from {seen} s where" + READS
                        + " group by s.who_key, s.resource, " + DAY_OF + ") d");
        analysis.keep(
                "unusual",
                "select distinct u.who_key, u.resource, u.day_at from ("
                        + beyondTheUsual("requests", rules.volumeRequests()) + " union all "
                        + beyondTheUsual("bytes", rules.volumeBytes()) + ") u");
        analysis.each(
                Group.select(
                        Group.By.PRINCIPAL_AND_RESOURCE,
                        List.of("count(distinct u.day_at) as days"),
                        List.of("g.days"),
                        "{unusual} u join {seen} s on s.who_key = u.who_key and s.resource = u.resource and " + DAY_OF
                                + " = u.day_at where" + READS),
                row -> {
                    Group group = Group.of(row);
                    teller.tell(
                            Code.UNUSUAL_VOLUME,
                            Code.UNUSUAL_VOLUME.usual(),
                            group,
                            Counted.of(group.count(), "request") + " and "
                                    + Counted.of(group.bytes(), "byte") + " on "
                                    + Counted.of(row.number(9), "day") + ", from " + group.first() + ": more than "
                                    + rules.volumeFactor()
                                    + " times what a day is here otherwise");
                });
    }

    /**
     * Days with more than so many times the median of all other days at the resource. Of the others in their order, twice the place of
     * the middle one, or of the two middle ones, lies between their number and their number and two; the day itself moves those behind
     * it by one.
     */
    private String beyondTheUsual(String what, long least) {
        String rank = what + "_rank";
        return "select d.who_key, d.resource, d.day_at from {person_day} d join {person_day} o on o.resource = d.resource"
                + " where d." + what + " >= " + least + " and d.days - d.own_days >= " + LEAST_DAYS
                + " and 2 * o." + rank + " between o.days - 1 and o.days + 3 and o." + rank + " <> d." + rank
                + " and 2 * (o." + rank + " - case when o." + rank + " > d." + rank + " then 1 else 0 end)"
                + " between d.days - 1 and d.days + 1 group by d.who_key, d.resource, d.day_at, d." + what
                + " having d." + what + " * count(*) > " + rules.volumeFactor() + " * sum(o." + what + ")";
    }

    private void regions(Review.Teller teller) {
        if (rules.blocked().isEmpty()) {
            return;
        }
        List<List<@Nullable Object>> found = new ArrayList<>();
        analysis.each(
                "select distinct ip from {seen} where ip is not null and allowed and resource is not null", row -> {
                    String ip = row.required(1);
                    rules.blocked().stream()
                            .filter(range -> range.contains(ip))
                            .findFirst()
                            .ifPresent(range -> found.add(Arrays.asList(ip, range.label())));
                });
        analysis.load(
                "blocked",
                List.of(new Column("ip", SqlEngine.Type.TEXT), new Column("label", SqlEngine.Type.TEXT)),
                found);
        analysis.each(
                Group.select(
                        Group.By.PRINCIPAL_AND_RESOURCE,
                        "",
                        List.of(),
                        List.of("f.ip", "h.label"),
                        "{seen} s join {blocked} b on b.ip = s.ip where" + READS.replace(" and s.who = 'NAMED'", ""),
                        " join {blocked} h on h.ip = f.ip"),
                row -> {
                    Group group = Group.of(row);
                    String label = row.text(10);
                    teller.tell(
                            Code.BLOCKED_REGION,
                            Code.BLOCKED_REGION.usual(),
                            group,
                            "read " + group.times() + " from " + row.text(9) + ", which the site blocks"
                                    + (label == null || label.isEmpty() ? "" : " (" + label + ")"));
                });
    }

    private void shared(Review.Teller teller) {
        analysis.keep(
                "busy_hour",
                "select h.who_key, h.hour_at, h.networks from (select s.who_key, " + HOUR_OF + " as hour_at,"
                        + " count(distinct " + NETWORK + ") as networks from {seen} s where s.ip is not null and"
                        + READS
                        + " group by s.who_key, " + HOUR_OF + ") h where h.networks >= " + rules.sharedNetworks());
        analysis.each(
                Group.select(
                        Group.By.PRINCIPAL,
                        List.of("max(b.networks) as networks"),
                        List.of("g.networks"),
                        "{busy_hour} b join {seen} s on s.who_key = b.who_key and " + HOUR_OF + " = b.hour_at where"
                                + READS),
                row -> {
                    Group group = Group.of(row);
                    teller.tell(
                            Code.SHARED_IDENTITY,
                            Code.SHARED_IDENTITY.usual(),
                            group,
                            "used from " + row.number(9) + " networks within one hour, " + group.times()
                                    + ": more than one person, or many machines");
                });
    }
}

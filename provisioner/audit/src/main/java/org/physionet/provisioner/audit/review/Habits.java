package org.physionet.provisioner.audit.review;

import java.util.LinkedHashMap;
import java.util.Map;
import org.physionet.provisioner.audit.access.Accesses;

/** What is unusual about how somebody reads: how much, from where, from how many places at once, and whose identity it is. */
final class Habits {
    private static final String READS = " s.allowed and s.action in ('READ', 'LIST') and s.resource is not null"
            + " and s.who = 'NAMED' and not s.exempt";
    /** Fewer days of others are no habit. */
    private static final int LEAST_DAYS = 5;

    private final Accesses accesses;
    private final Rules rules;

    Habits(Accesses accesses, Rules rules) {
        this.accesses = accesses;
        this.rules = rules;
    }

    void tell(Review.Teller teller) {
        volume(teller);
        regions(teller);
        shared(teller);
    }

    /** A day of one person against the days of the others at the same resource, and against their own other days. */
    private void volume(Review.Teller teller) {
        accesses.run("create or replace table person_day as select s.who_key, s.resource, s.moment::date as day,"
                + " count(*) as requests, coalesce(sum(s.bytes), 0) as bytes from seen s where" + READS
                + " group by s.who_key, s.resource, s.moment::date");
        accesses.run(
                "create or replace table unusual as select d.who_key, d.resource, d.day, d.requests, d.bytes"
                        + " from person_day d where (d.requests >= ? or d.bytes >= ?)"
                        + " and (select count(*) from person_day o where o.resource = d.resource and o.who_key <> d.who_key) >= "
                        + LEAST_DAYS
                        + " and ((d.requests >= ? and d.requests > ? * (select median(o.requests) from person_day o"
                        + " where o.resource = d.resource and (o.who_key <> d.who_key or o.day <> d.day)))"
                        + " or (d.bytes >= ? and d.bytes > ? * (select median(o.bytes) from person_day o"
                        + " where o.resource = d.resource and (o.who_key <> d.who_key or o.day <> d.day))))",
                rules.volumeRequests(),
                rules.volumeBytes(),
                rules.volumeRequests(),
                rules.volumeFactor(),
                rules.volumeBytes(),
                rules.volumeFactor());
        accesses.each(
                "select" + Group.COLUMNS + ", count(distinct u.day) from unusual u join seen s on s.who_key = u.who_key"
                        + " and s.resource = u.resource and s.moment::date = u.day where" + READS + Group.BY,
                row -> {
                    Group group = Group.of(row);
                    teller.tell(
                            Code.UNUSUAL_VOLUME,
                            Code.UNUSUAL_VOLUME.usual(),
                            group,
                            group.count() + " requests and " + group.bytes() + " bytes on " + row.getLong(9)
                                    + " days, from " + group.first() + ": more than " + rules.volumeFactor()
                                    + " times what a day is here otherwise");
                });
    }

    private void regions(Review.Teller teller) {
        accesses.run("create or replace table blocked (ip varchar, label varchar)");
        if (rules.blocked().isEmpty()) {
            return;
        }
        Map<String, String> found = new LinkedHashMap<>();
        accesses.each("select distinct ip from seen where ip is not null and allowed and resource is not null", row -> {
            String ip = row.getString(1);
            rules.blocked().stream()
                    .filter(range -> range.contains(ip))
                    .findFirst()
                    .ifPresent(range -> found.put(ip, range.label()));
        });
        try (Accesses.Batch batch = accesses.appendTo("blocked")) {
            found.forEach(batch::row);
        }
        accesses.each(
                "select" + Group.COLUMNS + ", arg_min_null(b.ip, s.n), arg_min_null(b.label, s.n) from seen s"
                        + " join blocked b on b.ip = s.ip where" + READS.replace("s.who = 'NAMED'", "true") + Group.BY,
                row -> {
                    Group group = Group.of(row);
                    teller.tell(
                            Code.BLOCKED_REGION,
                            Code.BLOCKED_REGION.usual(),
                            group,
                            "read " + group.times() + " from " + row.getString(9) + ", which the site blocks"
                                    + (row.getString(10).isEmpty() ? "" : " (" + row.getString(10) + ")"));
                });
    }

    /** Networks are /16 of IPv4 and /32 of IPv6: within one, a person moves about. */
    private void shared(Review.Teller teller) {
        accesses.each(
                "with net as (select s.who_key, date_trunc('hour', s.moment) as hour, count(distinct"
                        + " case when contains(s.ip, ':') then regexp_extract(s.ip, '^[0-9a-fA-F]*:[0-9a-fA-F]*')"
                        + " else regexp_extract(s.ip, '^[0-9]+[.][0-9]+') end) as networks from seen s where s.ip is not null"
                        + " and" + READS + " group by s.who_key, date_trunc('hour', s.moment) having networks >= ?)"
                        + " select" + Group.COLUMNS.replace("s.resource,", "arg_min_null(s.resource, s.n),")
                        + ", max(n.networks) from net n join seen s on s.who_key = n.who_key"
                        + " and date_trunc('hour', s.moment) = n.hour where" + READS + " group by s.who_key",
                row -> {
                    Group group = Group.of(row);
                    teller.tell(
                            Code.SHARED_IDENTITY,
                            Code.SHARED_IDENTITY.usual(),
                            group,
                            "used from " + row.getLong(9) + " networks within one hour, " + group.times()
                                    + ": more than one person, or many machines");
                },
                rules.sharedNetworks());
    }
}

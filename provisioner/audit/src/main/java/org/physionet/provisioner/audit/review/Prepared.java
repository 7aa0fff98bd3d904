package org.physionet.provisioner.audit.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;
import org.physionet.provisioner.engine.adapter.SqlEngine.Type;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;

/**
 * Lays the record beside the accesses: tables {@code life} (edges), {@code managed}, {@code named} (who is who) and
 * {@code seen}, the accesses with their resource and their principal's key, one row for each request however many logs tell it.
 */
final class Prepared {
    private static final String PROBE = "case when a.action = 'LIST' then regexp_replace(coalesce(a.key, ''), '/+$', '')"
            + " || '/' else regexp_replace(coalesce(a.key, ''), '[^/]*$', '') end";

    private Prepared() {}

    static void prepare(Analysis analysis, Recorded recorded, Names names, Rules rules) {
        lives(analysis, recorded);
        managed(analysis, recorded, names);
        named(analysis, names, rules);
        // Keys are many, their folders few: those are matched, the longest prefix wins.
        analysis.keep(
                "located",
                "select x.bucket, x.probe, x.resource from (select d.bucket, d.probe, m.resource, row_number() over"
                        + " (partition by d.bucket, d.probe order by length(m.prefix) desc, m.resource) as place"
                        + " from (select distinct a.bucket, " + PROBE + " as probe from {access} a"
                        + " where a.bucket is not null) d join {managed} m on m.bucket = d.bucket"
                        + " and starts_with(d.probe, m.prefix)) x where x.place = 1");
        analysis.keep("seen", seen(analysis.micros("a.moment")));
    }

    /** The server access log has an ARN where CloudTrail has the unique id, which the record has always. */
    private static String seen(String moment) {
        return "select row_number() over (order by a.moment, a.log, a.id) as n, a.provider, a.log, " + moment
                + " as moment, a.id, a.request, a.who, a.principal, a.bucket, a.key, a.action, a.operation, a.allowed,"
                + " a.bytes, a.ip, a.agent, a.via, a.signed, a.detail, a.file, a.line, " + moment
                + " + case when a.log in ('S3_ACCESS', 'CLOUDTRAIL') then 1000000 else 0 end as latest,"
                + " l.resource, case when p.known then p.key when q.known then q.key else p.key end as who_key,"
                + " coalesce(p.known, false) or coalesce(q.known, false) as known,"
                + " coalesce(p.exempt, false) or coalesce(q.exempt, false) or o.who is not null or r.who is not null as exempt,"
                + " coalesce(p.engine, false) or coalesce(q.engine, false) as engine"
                + " from {access} a left join {located} l on l.bucket = a.bucket and l.probe = " + PROBE
                + " left join {named} p on p.raw = a.principal"
                + " left join (select request, max(principal) as principal from {access} where log = 'CLOUDTRAIL'"
                + " and request is not null group by request) t on a.log = 'S3_ACCESS' and t.request = a.request"
                + " left join {named} q on q.raw = t.principal"
                + " left join {kept} o on o.resource = l.resource and o.who = p.key"
                + " left join {kept} r on r.resource = l.resource and r.who = q.key"
                + " left join (select distinct request from {access} where log = 'S3_ACCESS' and request is not null) b"
                + " on a.log = 'CLOUDTRAIL' and b.request = a.request where b.request is null";
    }

    private static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    private static Column number(String name) {
        return new Column(name, Type.NUMBER);
    }

    private static Column flag(String name) {
        return new Column(name, Type.FLAG);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static void lives(Analysis analysis, Recorded recorded) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Interval interval : recorded.intervals()) {
            Principal principal = interval.principal();
            rows.add(row(
                    (long) rows.size(),
                    interval.resource(),
                    principal == null ? null : principal.key(),
                    interval.since(),
                    interval.until(),
                    interval.adopted()));
        }
        analysis.load(
                "life",
                List.of(
                        number("number"),
                        text("resource"),
                        text("who_key"),
                        number("since"),
                        number("until"),
                        flag("adopted")),
                rows);
    }

    private static void managed(Analysis analysis, Recorded recorded, Names names) {
        List<List<@Nullable Object>> places = new ArrayList<>();
        Set<List<@Nullable Object>> documents = new LinkedHashSet<>();
        Set<List<@Nullable Object>> kept = new LinkedHashSet<>();
        for (Recorded.Place place : recorded.places()) {
            places.add(row(
                    place.resource(),
                    place.bucket(),
                    place.prefix(),
                    place.layout(),
                    place.group(),
                    place.firstSeen(),
                    place.adopted()));
            place.documents().forEach(name -> documents.add(row(place.resource(), name)));
            place.kept().forEach(who -> kept.add(row(place.resource(), names.key(who))));
        }
        analysis.load(
                "managed",
                List.of(
                        text("resource"),
                        text("bucket"),
                        text("prefix"),
                        text("layout"),
                        text("group_mail"),
                        number("first_seen"),
                        flag("adopted")),
                places);
        analysis.load("document", List.of(text("resource"), text("name")), List.copyOf(documents));
        analysis.load("kept", List.of(text("resource"), text("who")), List.copyOf(kept));
    }

    private static void named(Analysis analysis, Names names, Rules rules) {
        Set<String> exempt = new LinkedHashSet<>(rules.engine());
        exempt.addAll(rules.known());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        analysis.each("select distinct principal from {access} where principal is not null", row -> {
            String raw = row.required(1);
            String key = names.key(raw);
            rows.add(row(
                    raw,
                    key,
                    names.known(key),
                    !exempt.isEmpty() && names.anyOf(exempt, raw),
                    !rules.engine().isEmpty() && names.anyOf(rules.engine(), raw)));
        });
        analysis.load(
                "named", List.of(text("raw"), text("key"), flag("known"), flag("exempt"), flag("engine")), rows);
    }
}

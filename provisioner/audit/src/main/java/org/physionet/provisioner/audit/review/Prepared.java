package org.physionet.provisioner.audit.review;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;

/**
 * Lays the record beside the accesses: tables {@code life} (edges), {@code managed}, {@code named} (who is who) and
 * {@code seen}, the accesses with their resource and their principal's key, one row for each request however many logs tell it.
 */
final class Prepared {
    private Prepared() {}

    static void prepare(Accesses accesses, Recorded recorded, Names names, Rules rules) {
        lives(accesses, recorded);
        managed(accesses, recorded);
        named(accesses, names, rules);
        places(accesses);
        // The server access log has an ARN where CloudTrail has the unique id, which the record has always.
        accesses.run(
                "create or replace table seen as select row_number() over (order by a.moment, a.log, a.id) as n, a.*,"
                        + " case when a.log in ('S3_ACCESS', 'CLOUDTRAIL') then a.moment + interval 1 second else a.moment end as latest,"
                        + " l.resource, case when p.known then p.key when q.known then q.key else p.key end as who_key,"
                        + " coalesce(p.known or q.known, false) as known,"
                        + " coalesce(p.exempt or q.exempt, false) or exists (select 1 from kept k where k.resource = l.resource"
                        + " and (k.who = p.key or k.who = q.key)) as exempt,"
                        + " coalesce(p.engine or q.engine, false) as engine"
                        + " from access a left join located l on l.bucket = a.bucket and l.probe = " + PROBE
                        + " left join named p on p.raw = a.principal"
                        + " left join (select request, any_value(principal) as principal from access where log = 'CLOUDTRAIL'"
                        + " and request is not null group by request) t on a.log = 'S3_ACCESS' and t.request = a.request"
                        + " left join named q on q.raw = t.principal"
                        + " where not (a.log = 'CLOUDTRAIL' and a.action <> 'LOGGING' and a.request is not null"
                        + " and a.request in (select request from access where log = 'S3_ACCESS'))");
    }

    private static final String PROBE = "case when a.action = 'LIST' then rtrim(coalesce(a.key, ''), '/') || '/'"
            + " else regexp_replace(coalesce(a.key, ''), '[^/]*$', '') end";

    private static void lives(Accesses accesses, Recorded recorded) {
        accesses.run("create or replace table life (number bigint, resource varchar, who_key varchar, since timestamp,"
                + " until timestamp, adopted boolean)");
        try (Accesses.Batch batch = accesses.appendTo("life")) {
            long number = 0;
            for (Interval interval : recorded.intervals()) {
                Principal principal = interval.principal();
                batch.row(
                        number++,
                        interval.resource(),
                        principal == null ? null : principal.key(),
                        interval.since(),
                        interval.until(),
                        interval.adopted());
            }
        }
    }

    private static void managed(Accesses accesses, Recorded recorded) {
        accesses.run(
                "create or replace table managed (resource varchar, bucket varchar, prefix varchar, layout varchar,"
                        + " group_mail varchar, first_seen timestamp, adopted boolean, visible_seconds bigint)");
        accesses.run("create or replace table document (resource varchar, name varchar)");
        accesses.run("create or replace table kept (resource varchar, who varchar)");
        Names names = new Names(recorded);
        try (Accesses.Batch batch = accesses.appendTo("managed");
                Accesses.Batch documents = accesses.appendTo("document");
                Accesses.Batch kept = accesses.appendTo("kept")) {
            for (Recorded.Place place : recorded.places()) {
                batch.row(
                        place.resource(),
                        place.bucket(),
                        place.prefix(),
                        place.layout(),
                        place.group(),
                        place.firstSeen(),
                        place.adopted(),
                        place.revokeVisible().toSeconds());
                place.documents().forEach(name -> documents.row(place.resource(), name));
                place.kept().forEach(who -> kept.row(place.resource(), names.key(who)));
            }
        }
    }

    private static void named(Accesses accesses, Names names, Rules rules) {
        accesses.run(
                "create or replace table named (raw varchar, key varchar, known boolean, exempt boolean, engine boolean)");
        List<String> raws = new ArrayList<>();
        accesses.each(
                "select distinct principal from access where principal is not null", row -> raws.add(row.getString(1)));
        Set<String> exempt = new LinkedHashSet<>(rules.engine());
        exempt.addAll(rules.known());
        try (Accesses.Batch batch = accesses.appendTo("named")) {
            for (String raw : raws) {
                String key = names.key(raw);
                batch.row(
                        raw,
                        key,
                        names.known(key),
                        !exempt.isEmpty() && names.anyOf(exempt, raw),
                        !rules.engine().isEmpty() && names.anyOf(rules.engine(), raw));
            }
        }
    }

    /** Keys are many, their folders few: those are matched, the longest prefix wins. */
    private static void places(Accesses accesses) {
        accesses.run(
                "create or replace table located as select d.bucket, d.probe,"
                        + " arg_max(m.resource, length(m.prefix)) as resource from (select distinct a.bucket, " + PROBE
                        + " as probe from access a where a.bucket is not null) d"
                        + " join managed m on m.bucket = d.bucket and starts_with(d.probe, m.prefix) group by d.bucket, d.probe");
    }
}

package org.physionet.provisioner.audit.review;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;

/**
 * Lays the record beside the accesses: tables {@code life} (edges), {@code managed}, {@code named} (who is who), and the accesses with
 * their resource and their principal's key, one row for each request however many logs tell it: {@code seen}, of which only what
 * judging needs is copied, and {@code policy_act}, the changes of who has access, with all that the log tells. Texts that repeat are
 * kept as numbers, and each pair of resource and principal that the record knows has one number, {@code pair}.
 */
final class Prepared {
    private static final String PROBE = "case when a.action = 'LIST' then rtrim(coalesce(a.key, ''), '/') || '/'"
            + " when a.key like '%/%' then left(a.key, length(a.key) - strpos(reverse(a.key), '/') + 1) else '' end";
    /** What is so for more than one; each access is one row of it. */
    private static final String LAID =
            " from access a left join located l on l.bucket = a.bucket and l.probe = " + PROBE
                    + " left join named p on p.raw = a.principal left join trail t on t.request = a.request and a.log = 'S3_ACCESS'"
                    + " left join named q on q.raw = t.principal"
                    + " left join kept k on k.place = l.place and k.who_key = p.key"
                    + " left join kept h on h.place = l.place and h.who_key = q.key"
                    + " left join pair x on x.resource = l.resource"
                    + " and x.who_key = case when p.known or not coalesce(q.known, false) then p.key else q.key end"
                    + " where not (a.log = 'CLOUDTRAIL' and a.request is not null and a.request in (select request from told_twice))";

    private static final String WHO = Moments.NUMBER + " as n, a.moment, a.who::who_name as who, p.name as principal,"
            + " l.resource, case when p.known or not coalesce(q.known, false) then p.key else q.key end as who_key,"
            + " coalesce(p.engine or q.engine, false) as engine,";

    private Prepared() {}

    static void prepare(Accesses accesses, Recorded recorded, Names names, Rules rules) {
        for (String table : List.of("seen", "policy_act", "kept", "located", "life", "pair", "named")) {
            accesses.run("drop table if exists " + table);
        }
        managed(accesses, recorded);
        named(accesses, recorded, names, rules);
        lives(accesses, recorded);
        kept(accesses, recorded, names);
        places(accesses);
        requests(accesses);
        // What is on the right of a join is small; taken for the larger one, the accesses would all be held in memory.
        accesses.run("set disabled_optimizers = 'build_side_probe_side'");
        accesses.run("create table seen as select " + WHO + " a.log::log_name as log, a.action::action_name as action,"
                + " a.allowed, a.bytes, case when a.log in ('S3_ACCESS', 'CLOUDTRAIL') then a.moment + interval 1 second"
                + " else a.moment end as latest, l.place, x.pair, coalesce(p.known or q.known, false) as known,"
                + " coalesce(p.exempt or q.exempt, false) or k.place is not null or h.place is not null as exempt,"
                + " a.ip, a.via, a.signed, hash(a.bucket, a.key) as object" + LAID);
        accesses.run("create table policy_act as select " + WHO + " a.bucket, a.key, a.operation, a.detail" + LAID
                + " and a.action = 'POLICY' and a.allowed");
        accesses.run("reset disabled_optimizers");
    }

    /** A type whose values are these texts, which is a number where it is stored. */
    private static void type(Accesses accesses, String name, String texts) {
        accesses.run("drop type if exists " + name);
        // A type needs a value; nothing is ever called by this one.
        accesses.run("create type " + name + " as enum (select distinct coalesce(v, '') as v from (" + texts
                + " union all select '') t(v) order by v)");
    }

    private static void lives(Accesses accesses, Recorded recorded) {
        accesses.run("create or replace table edge (number bigint, resource varchar, who_key varchar, since timestamp,"
                + " until timestamp, adopted boolean)");
        try (Accesses.Batch batch = accesses.appendTo("edge")) {
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
        accesses.run("create table pair as select row_number() over (order by resource, who_key) as pair,"
                + " try_cast(resource as resource_name) as resource, try_cast(who_key as key_name) as who_key"
                + " from (select distinct resource, who_key from edge where who_key is not null) d");
        accesses.run(
                "create table life as select e.*, x.pair from edge e left join pair x"
                        + " on x.resource = try_cast(e.resource as resource_name) and x.who_key = try_cast(e.who_key as key_name)");
    }

    private static void managed(Accesses accesses, Recorded recorded) {
        accesses.run(
                "create or replace table managed (place bigint, resource varchar, bucket varchar, prefix varchar,"
                        + " layout varchar, group_mail varchar, first_seen timestamp, adopted boolean, visible_seconds bigint)");
        accesses.run("create or replace table document (resource varchar, name varchar)");
        try (Accesses.Batch batch = accesses.appendTo("managed");
                Accesses.Batch documents = accesses.appendTo("document")) {
            long number = 0;
            for (Recorded.Place place : recorded.places()) {
                batch.row(
                        number++,
                        place.resource(),
                        place.bucket(),
                        place.prefix(),
                        place.layout(),
                        place.group(),
                        place.firstSeen(),
                        place.adopted(),
                        place.revokeVisible().toSeconds());
                place.documents().forEach(name -> documents.row(place.resource(), name));
            }
        }
        type(accesses, "resource_name", "select resource from managed");
        type(accesses, "log_name", values(Access.Log.values()));
        type(accesses, "who_name", values(Access.Who.values()));
        type(accesses, "action_name", values(Access.Action.values()));
    }

    private static String values(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> "select '" + value.name() + "'")
                .collect(Collectors.joining(" union all "));
    }

    private static void kept(Accesses accesses, Recorded recorded, Names names) {
        accesses.run("create or replace table kept_told (resource varchar, who varchar)");
        try (Accesses.Batch kept = accesses.appendTo("kept_told")) {
            recorded.places().forEach(place -> place.kept().forEach(who -> kept.row(place.resource(), names.key(who))));
        }
        accesses.run(
                "create table kept as select distinct m.place, try_cast(k.who as key_name) as who_key from kept_told k"
                        + " join managed m on m.resource = k.resource");
    }

    private static void named(Accesses accesses, Recorded recorded, Names names, Rules rules) {
        accesses.run(
                "create or replace table spelt (raw varchar, key varchar, known boolean, exempt boolean, engine boolean)");
        List<String> raws = new ArrayList<>();
        accesses.each(
                "select distinct principal from access where principal is not null", row -> raws.add(row.getString(1)));
        Set<String> exempt = new LinkedHashSet<>(rules.engine());
        exempt.addAll(rules.known());
        Set<String> keys = new LinkedHashSet<>();
        recorded.intervals().stream()
                .map(Interval::principal)
                .filter(Objects::nonNull)
                .forEach(principal -> keys.add(principal.key()));
        try (Accesses.Batch batch = accesses.appendTo("spelt")) {
            for (String raw : raws) {
                String key = names.key(raw);
                keys.add(key);
                batch.row(
                        raw,
                        key,
                        names.known(key),
                        !exempt.isEmpty() && names.anyOf(exempt, raw),
                        !rules.engine().isEmpty() && names.anyOf(rules.engine(), raw));
            }
        }
        accesses.run("create or replace table key_told (key varchar)");
        try (Accesses.Batch batch = accesses.appendTo("key_told")) {
            keys.forEach(batch::row);
        }
        type(accesses, "key_name", "select key from key_told");
        type(accesses, "principal_name", "select raw from spelt");
        accesses.run(
                "create table named as select raw, raw::principal_name as name, key::key_name as key, known, exempt,"
                        + " engine from spelt");
    }

    /** Keys are many, their folders few: those are matched, the longest prefix wins. */
    private static void places(Accesses accesses) {
        accesses.run(
                "create table located as select d.bucket, d.probe,"
                        + " arg_max(m.resource, length(m.prefix))::resource_name as resource,"
                        + " arg_max(m.place, length(m.prefix)) as place from (select distinct a.bucket, " + PROBE
                        + " as probe from access a where a.bucket is not null) d"
                        + " join managed m on m.bucket = d.bucket and starts_with(d.probe, m.prefix) group by d.bucket, d.probe");
    }

    /** The server access log has an ARN where CloudTrail has the unique id, which the record has always. */
    private static void requests(Accesses accesses) {
        accesses.run("create or replace table trail as select request, min(principal) as principal from access"
                + " where log = 'CLOUDTRAIL' and request is not null group by request");
        accesses.run("create or replace table told_twice as select distinct t.request from trail t join access a"
                + " on a.request = t.request where a.log = 'S3_ACCESS'");
    }
}

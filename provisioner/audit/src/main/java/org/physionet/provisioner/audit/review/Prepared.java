package org.physionet.provisioner.audit.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;

/**
 * Lays the record beside the accesses: tables {@code life} (edges), {@code managed}, {@code named} (who is who), and the accesses with
 * their resource and their principal's key, one row for each request however many logs tell it: {@code seen}, of which only what
 * judging needs is copied, and {@code policy_act}, the changes of who has access and of what is logged, with all that the log tells. Each pair of resource and
 * principal that the record knows has one number, {@code pair}, and each managed resource, {@code place}.
 */
final class Prepared {
    private static final String PROBE =
            "case when a.action = 'LIST' then regexp_replace(coalesce(a.key, ''), '/+$', '')"
                    + " || '/' when a.key like '%/%' then substr(a.key, 1, length(a.key) - strpos(reverse(a.key), '/') + 1)"
                    + " else '' end";

    private static final String KEY = "case when p.known or not coalesce(q.known, false) then p.key else q.key end";

    /**
     * What is so for more than one; each access is one row of it. The server access log has an ARN where CloudTrail has the unique id,
     * which the record has always.
     */
    private static final String LAID = " from {access} a left join {located} l on l.bucket = a.bucket and l.probe = "
            + PROBE + " left join {named} p on p.raw = a.principal"
            + " left join {trail} t on t.request = a.request and a.log = 'S3_ACCESS'"
            + " left join {named} q on q.raw = t.principal"
            + " left join {kept} k on k.place = l.place and k.who_key = p.key"
            + " left join {kept} h on h.place = l.place and h.who_key = q.key"
            + " left join {pair} x on x.resource = l.resource and x.who_key = " + KEY
            + " left join {told_twice} b on b.request = a.request and a.log = 'CLOUDTRAIL'"
            + " and a.action <> 'LOGGING' where b.request is null";

    private Prepared() {}

    static void prepare(Analysis analysis, Recorded recorded, Names names, Rules rules) {
        managed(analysis, recorded, names);
        named(analysis, recorded, names, rules);
        lives(analysis, recorded);
        // Keys are many, their folders few: those are matched, the longest prefix wins.
        analysis.keep(
                "located",
                "select x.bucket, x.probe, x.place, " + analysis.oneOf("resource_name", "x.resource") + " as resource"
                        + " from (select d.bucket, d.probe, m.place, m.resource, row_number() over"
                        + " (partition by d.bucket, d.probe order by length(m.prefix) desc, m.resource) as rank_no"
                        + " from (select distinct a.bucket, " + PROBE + " as probe from {access} a"
                        + " where a.bucket is not null) d join {managed} m on m.bucket = d.bucket"
                        + " and starts_with(d.probe, m.prefix)) x where x.rank_no = 1");
        analysis.keep(
                "trail",
                "select request, min(principal) as principal from {access}"
                        + " where log = 'CLOUDTRAIL' and request is not null group by request");
        analysis.keep(
                "told_twice",
                "select distinct t.request from {trail} t join {access} a on a.request = t.request"
                        + " where a.log = 'S3_ACCESS'");
        String moment = analysis.micros("a.moment");
        String who = Moments.number(analysis) + " as n, " + moment + " as moment, "
                + analysis.oneOf("who_name", "a.who") + " as who, p.name as principal, l.resource, " + KEY
                + " as who_key, coalesce(p.engine, false) or coalesce(q.engine, false) as engine";
        analysis.keepBeside(
                "seen",
                "select " + who + ", " + analysis.oneOf("log_name", "a.log") + " as log, "
                        + analysis.oneOf("action_name", "a.action") + " as action, a.allowed, a.bytes, " + moment
                        + " + case when a.log in ('S3_ACCESS', 'CLOUDTRAIL') then 1000000 else 0 end as latest, l.place,"
                        + " x.pair, coalesce(p.known, false) or coalesce(q.known, false) as known,"
                        + " coalesce(p.exempt, false) or coalesce(q.exempt, false) or k.place is not null"
                        + " or h.place is not null as exempt, a.ip, a.via, a.signed, "
                        + analysis.fingerprint("a.bucket || '/' || coalesce(a.key, '')")
                        + " as object, case when a.log = 'CLOUD_AUDIT' then " + analysis.fingerprint("a.detail")
                        + " end as job" + LAID);
        analysis.keepBeside(
                "policy_act",
                "select " + who + ", " + analysis.oneOf("log_name", "a.log") + " as log, "
                        + analysis.oneOf("action_name", "a.action")
                        + " as action, a.bucket, a.key, a.operation, a.detail" + LAID
                        + " and a.action in ('POLICY', 'LOGGING') and a.allowed");
    }

    /**
     * Which dataset an access is to, where its resource holds several and the key tells: table {@code told}.
     *
     * @param holds the table of datasets at each resource, with the part of a key that tells one
     */
    static void versions(Analysis analysis, String holds) {
        analysis.keepBeside(
                "told",
                "select x.n, max(x.dataset) as dataset from (select " + Moments.number(analysis) + " as n, h.dataset"
                        + LAID.replace(
                                " where ",
                                " join {" + holds + "} h on h.resource = l.resource and not h.alone"
                                        + " and strpos('/' || coalesce(a.key, ''), h.part) > 0 where ")
                        + ") x group by x.n having count(distinct x.dataset) = 1");
    }

    private static Column text(String name) {
        return new Column(name, SqlEngine.Type.TEXT);
    }

    private static Column number(String name) {
        return new Column(name, SqlEngine.Type.NUMBER);
    }

    private static Column flag(String name) {
        return new Column(name, SqlEngine.Type.FLAG);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static void lives(Analysis analysis, Recorded recorded) {
        Set<String> managed = new HashSet<>();
        recorded.places().forEach(place -> managed.add(place.resource()));
        Map<List<String>, Long> numbers = new LinkedHashMap<>();
        List<List<@Nullable Object>> lives = new ArrayList<>();
        for (Interval interval : recorded.intervals()) {
            Principal principal = interval.principal();
            Long pair = principal != null && managed.contains(interval.resource())
                    ? numbers.computeIfAbsent(List.of(interval.resource(), principal.key()), _ -> (long) numbers.size())
                    : null;
            lives.add(row(
                    (long) lives.size(),
                    pair,
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
                        number("pair"),
                        text("resource"),
                        text("who_key"),
                        number("since"),
                        number("until"),
                        flag("adopted")),
                lives);
        List<List<@Nullable Object>> pairs = new ArrayList<>();
        numbers.forEach((names, number) -> pairs.add(row(number, names.get(0), names.get(1))));
        analysis.load("pair_told", List.of(number("pair"), text("resource"), text("who_key")), pairs);
        analysis.keep(
                "pair",
                "select pair, " + analysis.oneOf("resource_name", "resource") + " as resource, "
                        + analysis.oneOf("key_name", "who_key") + " as who_key from {pair_told}");
    }

    private static void managed(Analysis analysis, Recorded recorded, Names names) {
        List<List<@Nullable Object>> places = new ArrayList<>();
        Set<List<@Nullable Object>> documents = new LinkedHashSet<>();
        Set<List<@Nullable Object>> kept = new LinkedHashSet<>();
        for (Recorded.Place place : recorded.places()) {
            long number = places.size();
            places.add(row(
                    number,
                    place.resource(),
                    place.bucket(),
                    place.prefix(),
                    place.layout(),
                    place.group(),
                    place.firstSeen(),
                    place.adopted()));
            place.documents().forEach(name -> documents.add(row(place.resource(), name)));
            place.kept().forEach(who -> kept.add(row(number, names.key(who))));
        }
        analysis.load(
                "managed",
                List.of(
                        number("place"),
                        text("resource"),
                        text("bucket"),
                        text("prefix"),
                        text("layout"),
                        text("group_mail"),
                        number("first_seen"),
                        flag("adopted")),
                places);
        analysis.load("document", List.of(text("resource"), text("name")), List.copyOf(documents));
        analysis.load("kept", List.of(number("place"), text("who_key")), List.copyOf(kept));
        analysis.repeated("resource_name", "select resource from {managed}");
        analysis.repeated("log_name", values(Access.Log.values()));
        analysis.repeated("who_name", values(Access.Who.values()));
        analysis.repeated("action_name", values(Access.Action.values()));
    }

    private static String values(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> "select '" + value.name() + "'")
                .collect(Collectors.joining(" union all "));
    }

    private static void named(Analysis analysis, Recorded recorded, Names names, Rules rules) {
        Set<String> exempt = new LinkedHashSet<>(rules.engine());
        exempt.addAll(rules.known());
        Set<String> keys = new LinkedHashSet<>();
        for (Interval interval : recorded.intervals()) {
            Principal principal = interval.principal();
            if (principal != null) {
                keys.add(principal.key());
            }
        }
        List<List<@Nullable Object>> spelt = new ArrayList<>();
        analysis.each("select distinct principal from {access} where principal is not null", row -> {
            String raw = row.required(1);
            String key = names.key(raw);
            keys.add(key);
            spelt.add(row(
                    raw,
                    key,
                    names.known(key),
                    !exempt.isEmpty() && names.anyOf(exempt, raw),
                    !rules.engine().isEmpty() && names.anyOf(rules.engine(), raw)));
        });
        analysis.load("spelt", List.of(text("raw"), text("key"), flag("known"), flag("exempt"), flag("engine")), spelt);
        analysis.load(
                "key_told",
                List.of(text("key")),
                keys.stream().map(key -> row(key)).toList());
        analysis.repeated("key_name", "select key from {key_told}");
        analysis.repeated("principal_name", "select raw from {spelt}");
        analysis.keep(
                "named",
                "select raw, " + analysis.oneOf("principal_name", "raw") + " as name, "
                        + analysis.oneOf("key_name", "key") + " as key, known, exempt, engine from {spelt}");
    }
}

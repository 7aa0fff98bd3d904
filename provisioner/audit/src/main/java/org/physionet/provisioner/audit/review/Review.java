package org.physionet.provisioner.audit.review;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.access.Fingerprint;

/**
 * Holds accesses against the record. Pure but for the tables: the same accesses and the same record give the same
 * findings, in whatever order and however often the logs told them.
 */
public final class Review {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::code)
            .thenComparing(Finding::at)
            .thenComparing(Finding::resource, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Finding::principal, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Analysis analysis;
    private final Rules rules;
    private final Names names;
    private final SortedMap<String, Recorded.Place> places = new TreeMap<>();
    private final List<RecordText.Open> open = new ArrayList<>();

    private Review(Analysis analysis, Recorded recorded, Rules rules) {
        this.analysis = analysis;
        this.rules = rules;
        this.names = new Names(recorded);
        recorded.places().forEach(place -> places.put(place.resource(), place));
    }

    /** @return in order of their kind, then of time */
    public static List<Finding> of(Analysis analysis, Recorded recorded, Rules rules) {
        Review review = new Review(analysis, recorded, rules);
        Prepared.prepare(analysis, recorded, review.names, rules);
        Judgement.judge(analysis);
        review.grants();
        review.anonymous();
        review.paths();
        review.denied();
        new Habits(analysis, rules).tell(review::tell);
        review.sharedByMany();
        review.unused();
        new PolicyChanges(analysis, recorded, rules).tell(review::tell);
        new OwnWrites(analysis, recorded, rules).tell(review::tell);
        new Journeys(analysis, rules).tell(review::tell);
        LoggingChanges.tell(analysis, review::tell);
        return RecordText.complete(
                        analysis,
                        review.open.stream()
                                .filter(one ->
                                        !rules.off().contains(one.finding().code()))
                                .toList())
                .stream()
                .sorted(ORDER)
                .toList();
    }

    private void grants() {
        analysis.each(
                Group.select(
                        Group.By.PRINCIPAL_AND_RESOURCE,
                        "j.code",
                        List.of("max(j.ended) as ended", "min(j.begins) as begins", "max(s.moment - j.ended) as late"),
                        List.of("g.code", "g.ended", "g.begins", "g.late"),
                        "{judged} j join {seen} s on s.n = j.n where j.code <> 'BEFORE_RECORD'",
                        ""),
                row -> {
                    Group group = Group.of(row);
                    Code code = Code.valueOf(row.required(9));
                    Instant ended = row.instant(10);
                    Instant begins = row.instant(11);
                    Duration late =
                            Duration.of(row.number(12), ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS);
                    Duration propagation =
                            place(group).map(Recorded.Place::revokeVisible).orElse(Duration.ZERO);
                    boolean inTime = code == Code.ACCESS_AFTER_REVOCATION && late.compareTo(propagation) <= 0;
                    String what = switch (code) {
                        case ACCESS_AFTER_REVOCATION ->
                            "read " + group.times() + ", after the access was proven gone at " + ended
                                    + "; the last one "
                                    + late + " later, where a revocation takes effect within " + propagation
                                    + (inTime ? ": to be expected" : ": look for another way in");
                        case ACCESS_BEFORE_GRANT ->
                            "read " + group.times() + ", before the record gave access at " + begins;
                        case ACCESS_WITHOUT_GRANT -> "read " + group.times() + "; the record never gave access here";
                        case UNMANAGED_PATH ->
                            "a service account read " + group.times() + "; no grant of ours covers it (list it in"
                                    + " audit.known if it should)";
                        default -> "read " + group.times() + "; neither the record nor the source knows who this is";
                    };
                    tell(code, inTime ? Code.Severity.LOW : code.usual(), group, what);
                });
        analysis.each(
                Group.select(
                        Group.By.RESOURCE,
                        List.of("count(distinct s.who_key) as people"),
                        List.of("g.people"),
                        "{judged} j join {seen} s on s.n = j.n where j.code = 'BEFORE_RECORD'"),
                row -> {
                    Group group = Group.of(row);
                    tell(
                            Code.BEFORE_RECORD,
                            Code.BEFORE_RECORD.usual(),
                            group,
                            row.number(9) + " principals read " + group.times()
                                    + ", before the record begins: what was adopted has no known start");
                });
    }

    private void anonymous() {
        analysis.each(
                Group.select(
                        Group.By.RESOURCE,
                        List.of(),
                        List.of(),
                        "{seen} s where s.who = 'ANONYMOUS' and s.allowed and s.action in ('READ', 'LIST')"
                                + " and s.resource is not null"),
                row -> {
                    Group group = Group.of(row);
                    tell(
                            Code.ANONYMOUS_ACCESS,
                            Code.ANONYMOUS_ACCESS.usual(),
                            group,
                            "read by somebody who did not sign in, " + group.times()
                                    + ": the resource is, or was, open to everybody");
                });
    }

    private void paths() {
        analysis.each(
                Group.select(
                        Group.By.PRINCIPAL_AND_RESOURCE,
                        List.of("min(m.layout) as layout"),
                        List.of("g.layout", "f.via", "f.signed"),
                        "{covered} c join {seen} s on s.n = c.n join {managed} m on m.place = s.place"
                                + " left join (select distinct resource from {document}) k on k.resource = s.resource"
                                + " left join {document} d on d.resource = s.resource"
                                + " and d.name = regexp_replace(coalesce(s.via, ''), '^.*/', '')"
                                + " where s.allowed and (s.signed = 'delegated' or (m.layout = 'access-points'"
                                + " and (s.via is null or (k.resource is not null and d.name is null)))"
                                + " or (m.layout = 'bucket-policy' and s.via is not null))"),
                row -> {
                    Group group = Group.of(row);
                    String via = row.text(10);
                    String path = "delegated".equals(row.text(11))
                            ? "through a service account that acts for somebody"
                            : via == null ? "at the bucket itself" : "through " + via;
                    tell(
                            Code.UNMANAGED_PATH,
                            Code.UNMANAGED_PATH.usual(),
                            group,
                            "read " + group.times() + " " + path + ", although access is given by layout " + row.text(9)
                                    + ": revoking there would not end it");
                });
    }

    private void denied() {
        analysis.each(
                Group.select(
                        Group.By.PRINCIPAL_AND_RESOURCE,
                        List.of(
                                "min(s.moment - c.since) as age",
                                "min(m.layout) as layout",
                                "min(case when s.via is null then 1 else 0 end) as direct"),
                        List.of("g.age", "g.layout", "g.direct"),
                        "{covered} c join {seen} s on s.n = c.n join {managed} m on m.place = s.place"
                                + " where not s.allowed"),
                row -> {
                    Group group = Group.of(row);
                    boolean direct = "access-points".equals(row.text(10)) && row.number(11) == 1;
                    Duration age = Duration.of(row.number(9), ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS);
                    String why = direct
                            ? "; it was tried at the bucket, and access is given through an access point"
                            : "; the grant was " + age + " old then";
                    tell(
                            Code.DENIED_THOUGH_ENTITLED,
                            Code.DENIED_THOUGH_ENTITLED.usual(),
                            group,
                            "refused " + group.times() + ", while the record gave access" + why);
                });
    }

    /** An identity that several people link is nobody's in particular; it counts only where it is used. */
    private void sharedByMany() {
        analysis.each(
                Group.select(
                        Group.By.PRINCIPAL,
                        List.of(),
                        List.of(),
                        "{seen} s where s.allowed and s.action in ('READ', 'LIST') and s.resource is not null"
                                + " and s.who = 'NAMED' and s.known and not s.exempt"),
                row -> {
                    Group group = Group.of(row);
                    String key = group.key();
                    if (key != null && names.holders(key).size() > 1) {
                        tell(Code.SHARED_IDENTITY, Code.Severity.LOW, group, "used " + group.times());
                    }
                });
    }

    private void unused() {
        String longAgo = "(t.ends - " + rules.unusedDays() * Analysis.DAY + ")";
        analysis.each(
                // Where the provider leaves out who read, nobody can be said not to have.
                "select l.who_key, l.who_key, l.resource, min(l.since), max(t.ends), count(*), 0, null"
                        + " from {life} l join (select resource from {seen} where action in ('READ', 'LIST') group by resource"
                        + " having sum(case when who = 'REDACTED' and allowed then 1 else 0 end) = 0) r"
                        + " on r.resource = l.resource"
                        + " cross join (select min(moment) as begins, max(moment) as ends from {seen}) t"
                        + " left join (select pair, max(moment) as used_at from {seen} where allowed group by pair) u on u.pair = l.pair"
                        + " where l.until is null and l.who_key is not null and l.since <= " + longAgo
                        + " and t.begins <= " + longAgo + " and (u.used_at is null or u.used_at <= " + longAgo
                        + ") group by l.who_key, l.resource",
                row -> {
                    Group group = Group.of(row);
                    tell(
                            Code.UNUSED_GRANT,
                            Code.UNUSED_GRANT.usual(),
                            group,
                            "not used in the last " + rules.unusedDays() + " days up to " + group.last()
                                    + ", as far as the logs tell; given at " + group.first());
                });
    }

    private Optional<Recorded.Place> place(Group group) {
        String resource = group.resource();
        return resource == null ? Optional.empty() : Optional.ofNullable(places.get(resource));
    }

    /** Adds whose it is and how to look further. */
    private void tell(Code code, Code.Severity severity, Group group, String what) {
        @Nullable String dataset = place(group).map(Recorded.Place::dataset).orElse(null);
        String key = group.key();
        SortedMap<String, String> holders = key == null ? new TreeMap<>() : names.holders(key);
        String researcher = holders.size() == 1 ? holders.firstKey() : null;
        StringBuilder explanation = new StringBuilder(what);
        if (holders.size() > 1) {
            explanation.append("; linked by ").append(holders.size()).append(" researchers: ");
            List<String> all = new ArrayList<>();
            for (Map.Entry<String, String> holder : holders.entrySet()) {
                all.add(
                        holder.getValue().isEmpty()
                                ? holder.getKey()
                                : holder.getKey() + " (" + holder.getValue() + ")");
            }
            explanation.append(String.join(", ", all));
        }
        if (researcher != null && dataset != null) {
            explanation
                    .append(". provisioner explain ")
                    .append(researcher)
                    .append(' ')
                    .append(dataset);
        }
        String raw = group.principal();
        open.add(new RecordText.Open(
                new Finding(
                        code,
                        severity,
                        key == null || raw == null ? raw : names.shown(key, raw),
                        researcher,
                        dataset,
                        group.resource(),
                        group.first(),
                        new Finding.Evidence(null, null, null),
                        explanation.toString(),
                        fingerprint(code, severity, group)),
                group.number()));
    }

    /** A grant that is not used is not used a day longer with every day of logs: that is no news. */
    private static String fingerprint(Code code, Code.Severity severity, Group group) {
        return code == Code.UNUSED_GRANT
                ? Fingerprint.of(severity, group.first(), group.count())
                : Fingerprint.of(severity, group.first(), group.last(), group.count(), group.bytes());
    }

    /** Takes what a group of accesses shows. */
    @FunctionalInterface
    interface Teller {
        void tell(Code code, Code.Severity severity, Group group, String what);
    }
}

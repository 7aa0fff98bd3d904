package org.physionet.provisioner.audit.review;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;

/**
 * Holds accesses against the record. Pure but for the tables: the same accesses and the same record give the same
 * findings, in whatever order and however often the logs told them.
 */
public final class Review {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::code)
            .thenComparing(Finding::at)
            .thenComparing(Finding::resource, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Finding::principal, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Accesses accesses;
    private final Rules rules;
    private final Names names;
    private final SortedMap<String, Recorded.Place> places = new TreeMap<>();
    private final List<RecordText.Open> open = new ArrayList<>();

    private Review(Accesses accesses, Recorded recorded, Rules rules) {
        this.accesses = accesses;
        this.rules = rules;
        this.names = new Names(recorded);
        recorded.places().forEach(place -> places.put(place.resource(), place));
    }

    /** @return in order of their kind, then of time */
    public static List<Finding> of(Accesses accesses, Recorded recorded, Rules rules) {
        Review review = new Review(accesses, recorded, rules);
        Prepared.prepare(accesses, recorded, review.names, rules);
        for (String statement : Judgement.STATEMENTS) {
            accesses.run(statement);
        }
        review.grants();
        review.anonymous();
        review.paths();
        review.denied();
        new Habits(accesses, rules).tell(review::tell);
        review.sharedByMany();
        review.unused();
        new PolicyChanges(accesses, recorded, rules).tell(review::tell);
        new OwnWrites(accesses, recorded, rules).tell(review::tell);
        new Journeys(accesses, rules).tell(review::tell);
        LoggingChanges.tell(accesses, review::tell);
        return RecordText.complete(review.open.stream()
                        .filter(one -> !rules.off().contains(one.finding().code()))
                        .toList())
                .stream()
                .sorted(ORDER)
                .toList();
    }

    private void grants() {
        accesses.each(
                "select" + Group.COLUMNS + ", j.code, max(j.ended), min(j.begins),"
                        + " max(date_diff('second', j.ended, s.moment)), any_value(j.who) from judged j join seen s on s.n = j.n"
                        + " where j.code <> 'BEFORE_RECORD' group by s.who_key, s.resource, j.code",
                row -> {
                    Group group = Group.of(row);
                    Code code = Code.valueOf(row.getString(11));
                    Instant ended = Accesses.instant(row, 12);
                    Instant begins = Accesses.instant(row, 13);
                    Duration late = Duration.ofSeconds(row.getLong(14));
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
        accesses.each(
                "select" + Group.NOBODYS + ", count(distinct s.who_key) from judged j join seen s on s.n = j.n"
                        + " where j.code = 'BEFORE_RECORD' group by s.resource",
                row -> {
                    Group group = Group.of(row);
                    tell(
                            Code.BEFORE_RECORD,
                            Code.BEFORE_RECORD.usual(),
                            group,
                            row.getLong(11) + " principals read " + group.times()
                                    + ", before the record begins: what was adopted has no known start");
                });
    }

    private void anonymous() {
        accesses.each(
                "select" + Group.NOBODYS + " from seen s where s.who = 'ANONYMOUS' and s.allowed"
                        + " and s.action in ('READ', 'LIST') and s.resource is not null group by s.resource",
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
        accesses.each(
                "select" + Group.COLUMNS
                        + ", any_value(m.layout), arg_min_null(s.via, s.n), arg_min_null(s.signed, s.n)"
                        + " from covered c join seen s on s.n = c.n join managed m on m.resource = s.resource"
                        + " where s.allowed and (s.signed = 'delegated' or (m.layout = 'access-points' and (s.via is null"
                        + " or (exists (select 1 from document d where d.resource = m.resource) and not exists"
                        + " (select 1 from document d where d.resource = m.resource and ends_with(s.via, '/' || d.name)))))"
                        + " or (m.layout = 'bucket-policy' and s.via is not null))" + Group.BY,
                row -> {
                    Group group = Group.of(row);
                    String via = row.getString(12);
                    String path = "delegated".equals(row.getString(13))
                            ? "through a service account that acts for somebody"
                            : via == null ? "at the bucket itself" : "through " + via;
                    tell(
                            Code.UNMANAGED_PATH,
                            Code.UNMANAGED_PATH.usual(),
                            group,
                            "read " + group.times() + " " + path + ", although access is given by layout "
                                    + row.getString(11) + ": revoking there would not end it");
                });
    }

    private void denied() {
        accesses.each(
                "select" + Group.COLUMNS + ", min(date_diff('second', c.since, s.moment)), any_value(m.layout),"
                        + " bool_and(s.via is null) from covered c join seen s on s.n = c.n"
                        + " join managed m on m.resource = s.resource where not s.allowed" + Group.BY,
                row -> {
                    Group group = Group.of(row);
                    boolean direct = "access-points".equals(row.getString(12)) && row.getBoolean(13);
                    String why = direct
                            ? "; it was tried at the bucket, and access is given through an access point"
                            : "; the grant was " + Duration.ofSeconds(row.getLong(11)) + " old then";
                    tell(
                            Code.DENIED_THOUGH_ENTITLED,
                            Code.DENIED_THOUGH_ENTITLED.usual(),
                            group,
                            "refused " + group.times() + ", while the record gave access" + why);
                });
    }

    /** An identity that several people link is nobody's in particular; it counts only where it is used. */
    private void sharedByMany() {
        accesses.each(
                "select" + Group.COLUMNS.replace("s.resource,", "arg_min_null(s.resource, s.n),")
                        + " from seen s where s.allowed and s.action in ('READ', 'LIST') and s.resource is not null"
                        + " and s.who = 'NAMED' and s.known and not s.exempt group by s.who_key",
                row -> {
                    Group group = Group.of(row);
                    String key = group.key();
                    if (key != null && names.holders(key).size() > 1) {
                        tell(Code.SHARED_IDENTITY, Code.Severity.LOW, group, "used " + group.times());
                    }
                });
    }

    private void unused() {
        accesses.each(
                "with span as (select min(moment) as begins, max(moment) as ends from seen),"
                        // Where the provider leaves out who read, nobody can be said not to have.
                        + " told as (select resource from seen where action in ('READ', 'LIST') group by resource"
                        + " having sum(case when who = 'REDACTED' and allowed then 1 else 0 end) = 0)"
                        + " select l.who_key, l.who_key, l.resource, min(l.since), max(span.ends), count(*), 0::bigint,"
                        + " null, null, null from life l join told t on t.resource = l.resource cross join span"
                        + " where l.until is null and l.who_key is not null"
                        + " and l.since <= span.ends - to_days(?) and span.begins <= span.ends - to_days(?)"
                        + " and not exists (select 1 from seen s where s.resource = l.resource and s.who_key = l.who_key"
                        + " and s.allowed and s.moment > span.ends - to_days(?)) group by l.who_key, l.resource",
                row -> {
                    Group group = Group.of(row);
                    tell(
                            Code.UNUSED_GRANT,
                            Code.UNUSED_GRANT.usual(),
                            group,
                            "not used in the last " + rules.unusedDays() + " days up to " + group.last()
                                    + ", as far as the logs tell; given at " + group.first());
                },
                rules.unusedDays(),
                rules.unusedDays(),
                rules.unusedDays());
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
                        new Finding.Evidence(group.file(), group.line(), null),
                        explanation.toString(),
                        fingerprint(code, severity, group)),
                group.mark()));
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

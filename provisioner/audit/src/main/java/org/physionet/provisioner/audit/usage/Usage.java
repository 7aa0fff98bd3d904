package org.physionet.provisioner.audit.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.review.Held;
import org.physionet.provisioner.audit.review.Judgement;
import org.physionet.provisioner.audit.review.LoggingChanges;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.audit.review.Rules;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;
import org.physionet.provisioner.engine.store.AccessQueries.Rested;

/** The auditor's question: who read a dataset, when, how much, entitled or not, and what the logs can not tell. */
public final class Usage {
    private static final String READS = Versions.READS;

    private static final String OBJECTS = "count(distinct s.object)";
    private static final String DAY_OF = "s.moment - mod(s.moment, " + Analysis.DAY + ")";

    private final Analysis analysis;
    private final Recorded recorded;
    private final Held held;
    private final Set<String> datasets;
    private final Versions versions;
    /** By the principal's key. */
    private final Map<String, Set<String>> bases = new HashMap<>();

    /**
     * @param accesses those of the span, once each
     * @param recorded of all providers
     * @param datasets {@code slug/version}
     */
    public Usage(Analysis analysis, Recorded recorded, Rules rules, Set<String> datasets) {
        this.analysis = analysis;
        this.recorded = recorded;
        this.datasets = Set.copyOf(datasets);
        this.held = Held.against(analysis, recorded, rules);
        List<List<@Nullable Object>> wanted = recorded.places().stream()
                .filter(this::holds)
                .map(place -> Collections.<@Nullable Object>singletonList(place.resource()))
                .toList();
        analysis.load("wanted", List.of(new Column("resource", SqlEngine.Type.TEXT)), wanted);
        this.versions = new Versions(analysis, recorded, datasets);
        analysis.keep(
                "entitled",
                "select distinct s.n" + READS.replace(" where", " join {life} l on l.pair = s.pair where") + " and"
                        + Judgement.HOLDS);
        recorded.intervals().forEach(this::remember);
    }

    /** How much each version was read. */
    public Versions versions() {
        return versions;
    }

    private boolean holds(Recorded.Place place) {
        return place.datasets().stream().anyMatch(datasets::contains);
    }

    /** In order of the bytes, then of the requests, most first. */
    public List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        analysis.each(
                "select g.who, g.who_key, f.principal, g.first_at, g.last_at, g.objects, g.requests, g.bytes, g.uncovered"
                        + " from (select s.who, s.who_key, min(s.n) as n, min(s.moment) as first_at,"
                        + " max(s.moment) as last_at, " + OBJECTS + " as objects, count(*) as requests,"
                        + " coalesce(sum(s.bytes), 0) as bytes, count(*) - count(e.n) as uncovered"
                        + READS.replace(" where", " left join {entitled} e on e.n = s.n where")
                        + " group by s.who, s.who_key) g join {seen} f on f.n = g.n",
                row -> {
                    String key = row.text(2);
                    String principal = row.text(3);
                    SortedMap<String, String> people = held.holders(key);
                    Map.Entry<String, String> only = people.size() == 1 ? people.firstEntry() : null;
                    long uncovered = row.number(9);
                    readers.add(new Reader(
                            row.required(1).toLowerCase(Locale.ROOT),
                            key == null || principal == null ? null : held.shown(key, principal),
                            only == null ? null : only.getKey(),
                            only == null || only.getValue().isEmpty() ? null : only.getValue(),
                            Objects.requireNonNull(row.instant(4)),
                            Objects.requireNonNull(row.instant(5)),
                            row.number(6),
                            row.number(7),
                            row.number(8),
                            key == null ? null : (Boolean) (uncovered == 0),
                            uncovered,
                            key == null ? null : basis(key)));
                });
        readers.sort(Comparator.comparingLong(Reader::bytes)
                .thenComparingLong(Reader::requests)
                .reversed()
                .thenComparing(Reader::principal, Comparator.nullsLast(Comparator.naturalOrder())));
        return readers;
    }

    private void remember(Interval interval) {
        Principal principal = interval.principal();
        for (Rested on : interval.rested()) {
            if (principal != null && datasets.contains(on.dataset())) {
                bases.computeIfAbsent(principal.key(), _ -> new TreeSet<>()).add(on.basis());
            }
        }
    }

    private @Nullable String basis(String key) {
        Set<String> found = bases.get(key);
        return found == null ? null : String.join(",", found);
    }

    private static LocalDate day(Analysis.Row row) {
        return LocalDate.ofEpochDay(row.number(1) / Analysis.DAY);
    }

    /** Both ends included. */
    public Coverage coverage(Instant since, Instant until) {
        LocalDate first = LocalDate.ofInstant(since, ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(until, ZoneOffset.UTC);
        Set<LocalDate> logged = new HashSet<>();
        analysis.each("select distinct " + DAY_OF + " from {seen} s", row -> logged.add(day(row)));
        List<LocalDate> gaps = first.datesUntil(last.plusDays(1))
                .filter(day -> !logged.contains(day))
                .toList();
        List<String> logs = new ArrayList<>();
        analysis.each(
                "select distinct lower(s.log) from {seen} s join {wanted} w on w.resource = s.resource",
                row -> logs.add(row.required(1)));
        Collections.sort(logs);
        long[] counts = new long[4];
        analysis.each(
                "select count(*), sum(case when s.who = 'REDACTED' then 1 else 0 end),"
                        + " sum(case when s.who = 'ANONYMOUS' then 1 else 0 end)" + READS,
                row -> {
                    counts[0] = row.number(1);
                    counts[1] = row.number(2);
                    counts[2] = row.number(3);
                });
        counts[3] = analysis.count("select sum(s.bytes) from {seen} s join {wanted} w"
                + " on w.resource = s.resource where s.log = 'GCS_USAGE' and s.action = 'READ'");
        return new Coverage(
                ChronoUnit.DAYS.between(first, last) + 1,
                gaps,
                logs,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                LoggingChanges.of(analysis).stream()
                        .filter(change -> change.at().compareTo(since) >= 0
                                && !change.at().isAfter(until))
                        .toList(),
                blind());
    }

    private List<String> blind() {
        Set<String> schemes = new TreeSet<>();
        recorded.places().stream()
                .filter(this::holds)
                .forEach(place -> schemes.add(
                        place.resource().substring(0, place.resource().indexOf(':'))));
        List<String> texts = new ArrayList<>();
        texts.add("what was done with copies after they were downloaded, and downloads from PhysioNet itself");
        if (schemes.contains("s3")) {
            texts.add("S3 delivers access logs as best it can: some entries never, some hours late");
        }
        if (schemes.contains("gs")) {
            texts.add("Cloud Storage logs reads only where Data Access logs are on, and never those of what is open to"
                    + " everybody; its audit log tells no bytes");
        }
        if (schemes.contains("bq")) {
            texts.add("BigQuery leaves out who an outside reader was in most cases, and the query itself is logged in"
                    + " the project that pays for it");
        }
        return texts;
    }
}

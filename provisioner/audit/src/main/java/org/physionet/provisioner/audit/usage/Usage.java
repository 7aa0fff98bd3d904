package org.physionet.provisioner.audit.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.review.Held;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.audit.review.Rules;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;
import org.physionet.provisioner.engine.store.AccessQueries.Rested;

/** The auditor's question: who read a dataset, when, how much, entitled or not, and what the logs can not tell. */
public final class Usage {
    private static final String READS = " from seen s join wanted w on w.resource = s.resource"
            + " where s.action = 'READ' and s.allowed and s.log <> 'GCS_USAGE'";

    private final Accesses accesses;
    private final Recorded recorded;
    private final Held held;
    private final String dataset;
    /** By the principal's key. */
    private final Map<String, Set<String>> bases = new HashMap<>();

    /**
     * @param accesses those of the span, once each
     * @param recorded of all providers
     * @param dataset {@code slug/version}
     */
    public Usage(Accesses accesses, Recorded recorded, Rules rules, String dataset) {
        this.accesses = accesses;
        this.recorded = recorded;
        this.dataset = dataset;
        this.held = Held.against(accesses, recorded, rules);
        recorded.intervals().forEach(this::remember);
        accesses.run("create or replace table wanted (resource varchar)");
        try (Accesses.Batch batch = accesses.appendTo("wanted")) {
            recorded.places().stream()
                    .filter(place -> place.datasets().contains(dataset))
                    .forEach(place -> batch.row(place.resource()));
        }
        accesses.run(
                "create or replace table entitled as select distinct s.n from seen s join wanted w on w.resource = s.resource"
                        + " join life l on l.pair = s.pair where s.action = 'READ' and s.allowed"
                        + " and s.latest >= l.since and (l.until is null or s.moment <= l.until)");
    }

    /** In order of the bytes, then of the requests, most first. */
    public List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        accesses.each(
                "select lower(s.who), s.who_key, arg_min_null(s.principal, s.n), min(s.moment), max(s.moment),"
                        + " count(distinct s.object), count(*), coalesce(sum(s.bytes), 0)::bigint, count(*) - count(e.n)"
                        + READS.replace(" where", " left join entitled e on e.n = s.n where")
                        + " group by lower(s.who), s.who_key order by 8 desc, 7 desc, 2",
                row -> {
                    String key = row.getString(2);
                    String principal = row.getString(3);
                    SortedMap<String, String> people = held.holders(key);
                    Map.Entry<String, String> only = people.size() == 1 ? people.firstEntry() : null;
                    long uncovered = row.getLong(9);
                    readers.add(new Reader(
                            row.getString(1),
                            key == null ? null : held.shown(key, principal),
                            only == null ? null : only.getKey(),
                            only == null || only.getValue().isEmpty() ? null : only.getValue(),
                            Objects.requireNonNull(Accesses.instant(row, 4)),
                            Objects.requireNonNull(Accesses.instant(row, 5)),
                            row.getLong(6),
                            row.getLong(7),
                            row.getLong(8),
                            key == null ? null : (Boolean) (uncovered == 0),
                            uncovered,
                            key == null ? null : basis(key)));
                });
        return readers;
    }

    private void remember(Interval interval) {
        Principal principal = interval.principal();
        for (Rested on : interval.rested()) {
            if (principal != null && on.dataset().equals(dataset)) {
                bases.computeIfAbsent(principal.key(), _ -> new TreeSet<>()).add(on.basis());
            }
        }
    }

    private @Nullable String basis(String key) {
        Set<String> found = bases.get(key);
        return found == null ? null : String.join(",", found);
    }

    /** Days with reads, in order. */
    public List<Day> days() {
        List<Day> days = new ArrayList<>();
        accesses.each(
                "select s.moment::date, count(distinct s.who_key), count(distinct s.object), count(*),"
                        + " coalesce(sum(s.bytes), 0)::bigint" + READS + " group by s.moment::date order by 1",
                row -> days.add(new Day(
                        row.getObject(1, LocalDate.class),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        false)));
        return days;
    }

    /** Both ends included. */
    public Coverage coverage(Instant since, Instant until) {
        LocalDate first = LocalDate.ofInstant(since, ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(until, ZoneOffset.UTC);
        Set<LocalDate> logged = new HashSet<>();
        accesses.each("select distinct moment::date from seen", row -> logged.add(row.getObject(1, LocalDate.class)));
        List<LocalDate> gaps = first.datesUntil(last.plusDays(1))
                .filter(day -> !logged.contains(day))
                .toList();
        List<String> logs = new ArrayList<>();
        accesses.each(
                "select distinct lower(s.log) from seen s join wanted w on w.resource = s.resource order by 1",
                row -> logs.add(row.getString(1)));
        long[] counts = new long[4];
        accesses.each(
                "select count(*), count(case when s.who = 'REDACTED' then 1 end), count(case when s.who = 'ANONYMOUS' then 1 end)"
                        + READS,
                row -> {
                    counts[0] = row.getLong(1);
                    counts[1] = row.getLong(2);
                    counts[2] = row.getLong(3);
                });
        counts[3] = accesses.count("select coalesce(sum(s.bytes), 0)::bigint from seen s join wanted w"
                + " on w.resource = s.resource where s.log = 'GCS_USAGE' and s.action = 'READ'");
        return new Coverage(
                ChronoUnit.DAYS.between(first, last) + 1,
                gaps,
                logs,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                blind());
    }

    private List<String> blind() {
        Set<String> schemes = new TreeSet<>();
        recorded.places().stream()
                .filter(place -> place.datasets().contains(dataset))
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

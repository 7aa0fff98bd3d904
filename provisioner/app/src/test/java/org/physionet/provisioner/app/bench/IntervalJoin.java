package org.physionet.provisioner.app.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.review.Held;
import org.physionet.provisioner.audit.review.Judgement;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.audit.review.Rules;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;

/** Accesses against the lives of edges, with the review's own statements. */
public final class IntervalJoin implements Benchmark {
    private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");
    private static final int BUCKETS = 20;

    @Override
    public String name() {
        return "log-joins";
    }

    @Override
    public String about() {
        return "accesses of named readers against grant intervals; BENCH_ACCESSES=%,d BENCH_GRANTS=%,d"
                .formatted(accesses(), grants());
    }

    private static int accesses() {
        return Sizes.of("BENCH_ACCESSES", 5_000_000);
    }

    private static int grants() {
        return Sizes.of("BENCH_GRANTS", 200_000);
    }

    @Override
    public String command() {
        return "BENCH_ACCESSES=" + accesses() + " BENCH_GRANTS=" + grants() + " scripts/bench log-joins";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Path spill = Files.createTempDirectory("bench-joins");
        try (Accesses accesses = new Accesses(spill)) {
            // A fifth of the readers never got in, and half of the others' reads lie outside of their interval.
            accesses.run(
                    "insert into access select 'aws', 'S3_ACCESS', timestamp '2026-02-01' + to_seconds((hash(i) % 2592000)::bigint),"
                            + " 'R' || i, 'R' || i, 'NAMED', 'user:reader' || (hash(i * 7) % " + grants() / 4
                            + ") || '@example.org',"
                            + " 'bucket-' || (hash(i * 13) % " + BUCKETS
                            + "), 'a/' || (i % 1000) || '/x.csv', 'READ', 'REST.GET.OBJECT', true, 1000,"
                            + " '192.0.2.1', 'aws-cli', null, 'header', null, 'f' || (i % 50), i from range("
                            + accesses() + ") r(i)");
            Analysis analysis = accesses.analysis();
            long began = System.nanoTime();
            Held.against(analysis, recorded(), Rules.DEFAULT);
            double prepared = (System.nanoTime() - began) / 1e6;
            Timing use = Timing.of(
                    1,
                    3,
                    () -> accesses.count(
                            "select count(*) from (select l.number, count(*), max(s.moment) from seen s join life l"
                                    + " on l.resource = s.resource and l.who_key = s.who_key and s.moment >= l.since"
                                    + " and (l.until is null or s.moment <= l.until) group by l.number)"));
            Timing covered = Timing.of(1, 3, () -> analysis.keep("covered", Judgement.COVERED));
            Timing judged = Timing.of(1, 3, () -> analysis.keep("judged", Judgement.JUDGED));
            long explained = accesses.count("select count(*) from covered");
            long rest = accesses.count("select count(*) from judged");
            if (explained + rest != accesses() || explained == 0) {
                throw new IllegalStateException(explained + " explained and " + rest + " not are not all accesses");
            }
            return List.of(
                    Figure.of("explained by a grant", (double) explained, ""),
                    Figure.of("record laid beside the accesses", prepared, "ms"),
                    Figure.under(1_000, "interval join: use of each grant", use.median(), "ms"),
                    Figure.of("interval join: every access kept", covered.median(), "ms"),
                    Figure.under(4_000, "anti-join: what no grant explains", judged.median(), "ms"));
        }
    }

    private static Recorded recorded() {
        Random random = new Random(3);
        List<Recorded.Place> places = new ArrayList<>();
        for (int b = 0; b < BUCKETS; b++) {
            places.add(new Recorded.Place(
                    "s3://bucket-" + b + "/",
                    "bucket-policy",
                    new TreeSet<>(Set.of("d" + b + "/1.0")),
                    null,
                    Set.of(),
                    Set.of(),
                    BEGIN,
                    false,
                    Duration.ofMinutes(5)));
        }
        List<Interval> intervals = new ArrayList<>();
        for (int g = 0; g < grants(); g++) {
            String mail = "reader" + random.nextInt(grants() / 5) + "@example.org";
            Instant since = BEGIN.plusSeconds(random.nextInt(2_000_000));
            intervals.add(new Interval(
                    "s3://bucket-" + random.nextInt(BUCKETS) + "/",
                    new Principal("google", "user:" + mail, "user:" + mail),
                    since,
                    random.nextBoolean() ? null : since.plusSeconds(random.nextInt(1_000_000)),
                    false,
                    List.of()));
        }
        return new Recorded(intervals, places, List.of(), List.of());
    }
}

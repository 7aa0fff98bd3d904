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
    /** The least of them counts: other processes only make them longer. */
    private static final int RUNS = 5;

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
            Path parquet = accesses.scratch().resolve("accesses.parquet");
            accesses.run("copy (select 'aws' as provider, 'S3_ACCESS' as log,"
                    + " timestamp '2026-02-01' + to_seconds((hash(i) % 2592000)::bigint) as moment,"
                    + " 'R' || i as id, 'R' || i as request, 'NAMED' as who, 'user:reader' || (hash(i * 7) % "
                    + grants() / 4 + ") || '@example.org' as principal, 'bucket-' || (hash(i * 13) % " + BUCKETS
                    + ") as bucket, 'a/' || (i % 1000) || '/x.csv' as key, 'READ' as action,"
                    + " 'REST.GET.OBJECT' as operation, true as allowed, 1000::bigint as bytes, '192.0.2.1' as ip,"
                    + " 'aws-cli' as agent, null::varchar as via, 'header' as signed, null::varchar as detail,"
                    + " 'f' || (i % 50) as file, i::bigint as line from range(" + accesses() + ") r(i)) to '"
                    + parquet + "' (format parquet, compression zstd)");
            accesses.standFor("select * from read_parquet('" + parquet + "')");
            Analysis analysis = accesses.analysis();
            Took prepared = Took.least(1, () -> Held.against(analysis, recorded(), Rules.DEFAULT));
            Took use = Took.least(
                    RUNS,
                    () -> accesses.count(
                            "select count(*) from (select l.number, count(*), max(s.moment) from seen s join life l"
                                    + " on l.pair = s.pair and s.moment >= l.since"
                                    + " and (l.until is null or s.moment <= l.until) group by l.number)"));
            Took covered = Took.least(RUNS, () -> analysis.keep("covered", Judgement.COVERED));
            Took judged = Took.least(RUNS, () -> analysis.keep("judged", Judgement.JUDGED));
            long explained = accesses.count("select count(*) from covered");
            long rest = accesses.count("select count(*) from judged");
            if (explained + rest != accesses() || explained == 0) {
                throw new IllegalStateException(explained + " explained and " + rest + " not are not all accesses");
            }
            return List.of(
                    Figure.of("explained by a grant", (double) explained, ""),
                    Figure.of("record laid beside the accesses", prepared.wall(), "ms"),
                    Figure.of("CPU time", prepared.cpu(), "ms"),
                    Figure.under(1_000, "interval join: use of each grant", use.wall(), "ms"),
                    Figure.of("CPU time", use.cpu(), "ms"),
                    Figure.of("interval join: every access kept", covered.wall(), "ms"),
                    Figure.of("CPU time", covered.cpu(), "ms"),
                    Figure.under(4_000, "anti-join: what no grant explains", judged.wall(), "ms"),
                    Figure.of("CPU time", judged.cpu(), "ms"));
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

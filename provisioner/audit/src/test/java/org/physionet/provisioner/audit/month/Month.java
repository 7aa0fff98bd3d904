package org.physionet.provisioner.audit.month;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.review.AddressRange;
import org.physionet.provisioner.audit.review.Finding;
import org.physionet.provisioner.audit.review.PlaceRange;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.audit.review.Review;
import org.physionet.provisioner.audit.review.Rules;
import org.physionet.provisioner.audit.usage.Coverage;
import org.physionet.provisioner.audit.usage.Day;
import org.physionet.provisioner.audit.usage.Reader;
import org.physionet.provisioner.audit.usage.Usage;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;
import org.physionet.provisioner.engine.store.AccessQueries.Rested;

/** People who read as they may at three places for a month, and, among that, one thing of every kind that a review tells. */
public final class Month {
    public static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    public static final Instant END = BEGIN.plus(Duration.ofDays(31)).minusNanos(1000);
    private static final Set<String> DATASETS = Set.of("ecg/1.0", "icu/2.0", "notes/1.0");
    static final String POINTS = "s3://data/icu/2.0/";
    static final String BUCKET = "gs://ecg-1.0.example.org";
    static final String TABLES = "bq://data.notes_1_0";

    private final Random random;
    private final int people;
    private final List<Access> accesses = new ArrayList<>();
    private final List<Interval> intervals = new ArrayList<>();
    private final List<Recorded.Linked> linked = new ArrayList<>();

    /** What is asked of an engine. */
    public record Answers(List<Finding> findings, List<Reader> readers, List<Day> days, List<Coverage> coverage) {}

    private Month(long seed, int people) {
        this.random = new Random(seed);
        this.people = people;
    }

    public static Month of(long seed, int people) {
        Month month = new Month(seed, people);
        for (int i = 0; i < people; i++) {
            month.person(i);
        }
        month.planted();
        return month;
    }

    /** What the embedded engine answers. */
    public Answers embedded(Path folder) throws IOException {
        try (Accesses accesses = new Accesses(folder)) {
            into(accesses);
            return ask(accesses.analysis());
        }
    }

    public List<Access> accesses() {
        return accesses;
    }

    public void into(Accesses table) {
        try (Accesses.Batch batch = table.appendTo("access")) {
            accesses.forEach(batch::add);
        }
    }

    /** The review, and the usage of every dataset. */
    public Answers ask(Analysis analysis) {
        Recorded recorded = recorded();
        List<Finding> findings = Review.of(analysis, recorded, rules());
        List<Reader> readers = new ArrayList<>();
        List<Day> days = new ArrayList<>();
        List<Coverage> coverage = new ArrayList<>();
        for (String dataset : new TreeSet<>(DATASETS)) {
            Usage usage = new Usage(analysis, recorded, rules(), java.util.Set.of(dataset));
            readers.addAll(usage.readers());
            days.addAll(usage.versions().days());
            coverage.add(usage.coverage(BEGIN, END));
        }
        return new Answers(findings, readers, days, coverage);
    }

    public static Rules rules() {
        return new Rules(
                Set.of(),
                Set.of("backup@example.org"),
                4,
                40,
                1L << 40,
                20,
                8,
                List.of(AddressRange.parse("198.51.100.0/24 Nowhere")),
                Set.of(),
                List.of(PlaceRange.parse("203.0.113.0/24 42.36 -71.06 Boston")));
    }

    private Recorded recorded() {
        return new Recorded(
                intervals,
                List.of(
                        place(POINTS, "access-points", "icu/2.0", null, Set.of("pn-1", "pn-2"), false),
                        place(BUCKET, "members", "ecg/1.0", null, Set.of(), true),
                        place(TABLES, "group", "notes/1.0", "Notes@example.org", Set.of(), false)),
                linked,
                List.of(new Recorded.Write(POINTS, BEGIN.plus(Duration.ofDays(3)))));
    }

    private static Recorded.Place place(
            String resource,
            String layout,
            String dataset,
            @Nullable String group,
            Set<String> documents,
            boolean adopted) {
        return new Recorded.Place(
                resource,
                layout,
                new TreeSet<>(Set.of(dataset)),
                group,
                documents,
                Set.of("user:curator@example.org"),
                BEGIN.plus(Duration.ofDays(1)),
                adopted,
                Duration.ofMinutes(5));
    }

    private static Principal google(String name) {
        String mail = "user:" + name + "@example.org";
        return new Principal("google", mail, mail);
    }

    private static Principal aws(int i) {
        String id = "AIDA%016d".formatted(i);
        return new Principal("aws", id, id);
    }

    private static String arn(int i) {
        return "arn:aws:iam::4444%08d:user/p%d".formatted(i, i);
    }

    private void life(String resource, Principal who, int researcher, Instant since, @Nullable Instant until) {
        String dataset = resource.equals(POINTS) ? "icu/2.0" : resource.equals(BUCKET) ? "ecg/1.0" : "notes/1.0";
        Rested on = new Rested("" + researcher, "p" + researcher, dataset, "agreement", since, until);
        intervals.add(
                new Interval(resource, who, since, until, since.equals(BEGIN.plus(Duration.ofDays(1))), List.of(on)));
    }

    /** Reads on about every third day, within what is given; every fourth person's access ends, every fifth began late. */
    private void person(int i) {
        Instant since = i % 5 == 4 ? BEGIN.plus(Duration.ofDays(10)) : BEGIN.minus(Duration.ofDays(40));
        Instant until = i % 4 == 3 ? BEGIN.plus(Duration.ofDays(22)) : null;
        linked.add(new Recorded.Linked(google("p" + i), "" + i, "p" + i, Set.of()));
        linked.add(new Recorded.Linked(aws(i), "" + i, "p" + i, Set.of(arn(i))));
        life(BUCKET, google("p" + i), i, since, until);
        life(POINTS, aws(i), i, since, until);
        life(TABLES, google("p" + i), i, since, until);
        for (int day = i % 5 == 4 ? 11 : 1; day < (until == null ? 30 : 22); day++) {
            if (day != 1 && random.nextInt(3) != 0) {
                continue;
            }
            Instant at = BEGIN.plus(Duration.ofDays(day)).plusMillis(random.nextInt(80_000_000));
            gcs(google("p" + i).text(), at, random.nextInt(1 + i % 3) == 0 ? "records/" + day + ".dat" : null);
            s3(i, at, "pn-" + (1 + i % 2), true);
            bq(i % 7 == 0 ? null : google("p" + i).text(), at);
        }
    }

    private void planted() {
        Instant late = BEGIN.plus(Duration.ofDays(25));
        // Person 3's access ended, person 4's began late.
        gcs(google("p3").text(), late, "after.dat");
        s3(3, BEGIN.plus(Duration.ofDays(22)).plusSeconds(60), "pn-2", true);
        s3(4, BEGIN.plus(Duration.ofDays(5)), "pn-1", true);
        gcs(google("p0").text(), BEGIN.plusSeconds(60), "early.dat");
        life(BUCKET, google("before"), 900, BEGIN.plus(Duration.ofDays(1)), null);
        gcs("user:before@example.org", BEGIN.plusSeconds(120), "early.dat");
        gcs("user:stranger@example.org", late, "x.dat");
        gcs("user:curator@example.org", late, "x.dat");
        gcs("user:backup@example.org", late, "x.dat");
        linked.add(new Recorded.Linked(google("nowhere"), "901", "nowhere", Set.of()));
        gcs("user:nowhere@example.org", late, "x.dat");
        gcs("serviceAccount:robot@data.iam.gserviceaccount.com", late, "x.dat");
        add(access("gcp", Access.Log.CLOUD_AUDIT, late, Access.Who.ANONYMOUS, null, "ecg-1.0.example.org", "x.dat"));
        s3(0, late, null, true);
        s3(1, late, "theirs", true);
        s3(2, late, null, false);
        for (int i = 0; i < 300; i++) {
            gcs(google("p6").text(), late.plusSeconds(i), "v" + i + ".dat");
        }
        add(Logged.from(
                "198.51.100.7",
                access(
                        "gcp",
                        Access.Log.CLOUD_AUDIT,
                        late,
                        Access.Who.NAMED,
                        google("p1").text(),
                        "ecg-1.0.example.org",
                        "b")));
        for (int i = 0; i < 10; i++) {
            String ip = i % 2 == 0 ? "2001:db8:" + i + "::1" : "10." + i + ".0.1";
            Instant at = late.truncatedTo(java.time.temporal.ChronoUnit.HOURS).plusSeconds(i);
            add(Logged.from(
                    ip,
                    access(
                            "gcp",
                            Access.Log.CLOUD_AUDIT,
                            at,
                            Access.Who.NAMED,
                            google("p2").text(),
                            "ecg-1.0.example.org",
                            "s" + i)));
        }
        linked.add(new Recorded.Linked(google("p5"), "902", "twin", Set.of()));
        life(TABLES, google("idle"), 903, BEGIN.minus(Duration.ofDays(40)), null);
        change("ecg-1.0.example.org", null, late);
        change(null, "group:notes@EXAMPLE.org", late);
        change("data", "accesspoint/pn-2", late);
        change(null, "projects/data", late);
        change("elsewhere", null, late);
        change("data", "accesspoint/pn-1", BEGIN.plus(Duration.ofDays(3)).plusSeconds(30));
        add(access("gcp", Access.Log.GCS_USAGE, late, Access.Who.UNNAMED, null, "ecg-1.0.example.org", "x.dat"));
    }

    private void change(@Nullable String bucket, @Nullable String key, Instant at) {
        add(Logged.change(accesses.size(), bucket, key, at));
    }

    private void gcs(String who, Instant at, @Nullable String key) {
        Access.Who kind = who.startsWith("service") ? Access.Who.SERVICE : Access.Who.NAMED;
        add(access("gcp", Access.Log.CLOUD_AUDIT, at, kind, who, "ecg-1.0.example.org", key));
    }

    private void bq(@Nullable String who, Instant at) {
        Access.Who kind = who == null ? Access.Who.REDACTED : Access.Who.NAMED;
        add(access("gcp", Access.Log.CLOUD_AUDIT, at, kind, who, "data.notes_1_0", "note"));
    }

    /** By ARN in the access log; of every third request CloudTrail tells too. */
    private void s3(int i, Instant at, @Nullable String point, boolean allowed) {
        Instant second = at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        String request = "REQ" + accesses.size();
        boolean both = accesses.size() % 3 == 0;
        for (Access.Log log :
                both ? List.of(Access.Log.S3_ACCESS, Access.Log.CLOUDTRAIL) : List.of(Access.Log.S3_ACCESS)) {
            boolean trail = log == Access.Log.CLOUDTRAIL;
            add(new Access(
                    "aws",
                    log,
                    second,
                    log + request,
                    request,
                    Access.Who.NAMED,
                    trail ? aws(i).text() : both ? "arn:aws:iam::4444%08d:user/old".formatted(i) : arn(i),
                    "data",
                    "icu/2.0/" + i % 4 + "/a.csv",
                    Access.Action.READ,
                    "REST.GET.OBJECT",
                    allowed,
                    1000L + i,
                    "192.0.2." + i % 200,
                    "cli",
                    point == null ? null : "arn:aws:s3:us-east-1:111122223333:accesspoint/" + point,
                    "header",
                    null,
                    "s3.log",
                    null));
        }
    }

    private Access access(
            String provider,
            Access.Log log,
            Instant at,
            Access.Who kind,
            @Nullable String who,
            String bucket,
            @Nullable String key) {
        Access access = Logged.access(accesses.size(), provider, log, at, kind, who, bucket, key);
        return Logged.from("192.0.2." + people % 200, access);
    }

    private void add(Access access) {
        accesses.add(access);
    }
}

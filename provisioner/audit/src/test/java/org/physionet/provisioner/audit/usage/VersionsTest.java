package org.physionet.provisioner.audit.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.logs.LogFiles;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.audit.review.Rules;

/** Bytes, objects, queries and people for each version and day. */
class VersionsTest {
    @TempDir
    Path folder;

    private final List<String> amazon = new ArrayList<>();
    private final List<String> google = new ArrayList<>();

    private void read(String who, int day, String key, int bytes) {
        amazon.add(
                "owner data [%02d/Mar/2026:10:00:00 +0000] 192.0.2.3 arn:aws:iam::444455556666:user/%s R%d REST.GET.OBJECT %s"
                                .formatted(day, who, amazon.size(), key)
                        + " \"GET /x HTTP/1.1\" 200 - " + bytes
                        + " 30 1 1 \"-\" \"aws-cli\" - h SigV4 c AuthHeader data TLSv1.2 - - us-east-1");
    }

    private void query(String who, int day, String job) {
        google.add("""
                {"logName":"projects/p/logs/cloudaudit.googleapis.com%%2Fdata_access","timestamp":"2026-03-%02dT10:00:00Z","insertId":"%d",\
                "resource":{"type":"bigquery_dataset"},"protoPayload":{"methodName":"x","authenticationInfo":{"principalEmail":"%s"},\
                "resourceName":"projects/p/datasets/d/tables/t","metadata":{"tableDataRead":{"jobName":"%s"}}}}""".formatted(day, google.size(), who, job));
    }

    private static Recorded.Place place(String resource, String... datasets) {
        return new Recorded.Place(
                resource,
                "members",
                new TreeSet<>(List.of(datasets)),
                null,
                Set.of(),
                Set.of(),
                Instant.EPOCH,
                false,
                Duration.ofMinutes(5));
    }

    private List<Day> asked(boolean daily, String... datasets) throws IOException {
        Files.write(folder.resolve("s3.log"), amazon);
        Files.write(folder.resolve("bq.json"), google);
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            if (!amazon.isEmpty()) {
                new LogReading(accesses, "aws").read(LogFiles.find(List.of("s3.log"), folder));
            }
            if (!google.isEmpty()) {
                new LogReading(accesses, "gcp").read(LogFiles.find(List.of("bq.json"), folder));
            }
            Recorded recorded = new Recorded(
                    List.of(),
                    List.of(
                            place("s3://data/mimiciv/", "mimiciv/3.0", "mimiciv/3.1"),
                            place("bq://p.d", "mimiciv/3.1")),
                    List.of(),
                    List.of());
            Versions versions = new Usage(accesses.analysis(), recorded, Rules.DEFAULT, Set.of(datasets)).versions();
            return daily ? versions.days() : versions.whole();
        }
    }

    private static String text(Day day) {
        return day.dataset() + " " + day.day() + " people " + day.people() + " objects " + day.objects() + " queries "
                + day.queries() + " requests " + day.requests() + " bytes " + day.bytes();
    }

    @Test
    void theKeyTellsTheVersionWhereAPlaceHoldsSeveral() throws IOException {
        read("ada", 1, "mimiciv/3.1/a.csv", 10);
        read("bob", 1, "mimiciv/3.1/b.csv", 20);
        read("bob", 1, "mimiciv/3.0/a.csv", 5);
        read("bob", 2, "mimiciv/README", 1);
        assertThat(asked(true, "mimiciv/3.0", "mimiciv/3.1").stream().map(VersionsTest::text))
                .containsExactly(
                        "mimiciv/3.0 2026-03-01 people 1 objects 1 queries 0 requests 1 bytes 5",
                        "mimiciv/3.1 2026-03-01 people 2 objects 2 queries 0 requests 2 bytes 30",
                        "null 2026-03-02 people 1 objects 1 queries 0 requests 1 bytes 1");
        assertThat(asked(false, "mimiciv/3.1").stream().map(VersionsTest::text))
                .containsExactly(
                        "mimiciv/3.1 null people 2 objects 2 queries 0 requests 2 bytes 30",
                        "null null people 1 objects 1 queries 0 requests 1 bytes 1");
    }

    @Test
    void aJobThatReadsATableManyTimesIsOneQuery() throws IOException {
        query("ada@example.org", 1, "projects/x/jobs/1");
        query("ada@example.org", 1, "projects/x/jobs/1");
        query("bob@example.org", 1, "projects/y/jobs/2");
        assertThat(asked(true, "mimiciv/3.1").stream().map(VersionsTest::text))
                .containsExactly("mimiciv/3.1 2026-03-01 people 2 objects 1 queries 2 requests 3 bytes 0");
    }

    @Test
    void thePublicSeesNoFigureOfFewPeople() throws IOException {
        read("ada", 1, "mimiciv/3.1/a.csv", 10);
        read("bob", 1, "mimiciv/3.1/a.csv", 10);
        Day day = asked(true, "mimiciv/3.1").getFirst();
        assertThat(day.forThePublic(2)).isEqualTo(day);
        assertThat(text(day.forThePublic(3)))
                .isEqualTo("mimiciv/3.1 2026-03-01 people null objects null queries null requests null bytes null");
    }
}

package org.physionet.provisioner.app.month;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The claim: all that was planted is found, nothing else is, and it does not matter how the logs were delivered. */
final class GeneratedMonth {
    private static final String WAVES = " gs://" + MonthSite.BUCKET;
    private static final String XRAY = " s3://" + MonthSite.FOLDER + "/xray/2.0/";

    private static final List<String> GOOGLE = List.of(
            "access_without_grant user:p1@example.org 1" + WAVES,
            "access_after_revocation user:p2@example.org 2" + WAVES,
            "access_before_grant user:p3@example.org 3" + WAVES,
            "before_record - - gs://" + MonthSite.OLD_BUCKET,
            "unknown_principal user:stranger@nowhere.test -" + WAVES,
            "unmanaged_path serviceAccount:robot@p9.iam.gserviceaccount.com -" + WAVES,
            "foreign_policy_change user:boss@example.org -" + WAVES,
            "foreign_policy_change user:boss@example.org - bq://" + MonthSite.TABLES,
            "foreign_policy_change user:boss@example.org -" + WAVES,
            "foreign_policy_change user:boss@example.org -" + WAVES,
            "denied_though_entitled user:p13@example.org 13" + WAVES,
            "unusual_volume user:p8@example.org 8" + WAVES,
            "unused_grant user:p12@example.org 12" + WAVES,
            "blocked_region user:p6@example.org 6" + WAVES,
            "shared_identity user:p9@example.org 9" + WAVES,
            "shared_identity user:shared@example.org -" + WAVES,
            "improbable_place user:p7@example.org 7" + WAVES,
            "unrecorded_write serviceAccount:" + MonthSite.ENGINE + " -" + WAVES,
            "unconfirmed_write - -" + WAVES,
            "logging_off user:boss@example.org - -");

    private static final List<String> AMAZON = List.of(
            "access_after_revocation " + MonthPeople.amazonId(17) + " 17" + XRAY,
            "unknown_principal " + MonthSite.STRANGER_ARN + " -" + XRAY,
            "anonymous_access - -" + XRAY,
            "unmanaged_path " + MonthPeople.amazonId(16) + " 16" + XRAY,
            "foreign_policy_change arn:aws:iam::111122223333:user/boss -" + XRAY,
            "unrecorded_write " + MonthSite.AWS_ENGINE + " -" + XRAY,
            "logging_off arn:aws:iam::111122223333:user/boss - -");

    private final PrintStream out;

    GeneratedMonth(PrintStream out) {
        this.out = out;
    }

    void show(Path folder, int people) throws Exception {
        try (MonthSite site = new MonthSite(folder, people)) {
            long start = System.nanoTime();
            new MonthStory(site).play();
            MonthLogs logs = new MonthLogs(site);
            int lines = logs.lay();
            say("played " + people + " people, " + MonthStory.DAYS + " days: " + lines + " log lines", start);

            start = System.nanoTime();
            List<String> google = logs.review("google", "gcp");
            List<String> amazon = logs.review("amazon", "aws");
            say("reviewed: " + (google.size() + amazon.size() - 2) + " findings", start);
            assertThat(google.getLast()).endsWith(", rejected 0");
            assertThat(amazon.getLast()).endsWith(", rejected 0");
            found(google, GOOGLE);
            found(amazon, AMAZON);
            traced(google);
            traced(amazon);

            start = System.nanoTime();
            assertThat(logs.review("google2", "gcp")).as("delivered otherwise").isEqualTo(google);
            assertThat(logs.review("amazon2", "aws")).as("delivered otherwise").isEqualTo(amazon);
            say("reviewed again, shuffled, one in five twice, split: the same, byte for byte", start);
            coverage(site);
        }
    }

    private void say(String what, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.MILLIS);
        out.println(what + " (" + took.toMillis() / 1000d + " s)");
    }

    private static void found(List<String> rows, List<String> planted) throws IOException {
        List<String> told = new ArrayList<>();
        for (String row : rows.subList(0, rows.size() - 1)) {
            told.add(MonthLogs.inShort(row));
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(planted);
    }

    /** Each finding about somebody has the record that shows it, and where to look further if it is a researcher. */
    private static void traced(List<String> rows) throws IOException {
        for (String row : rows.subList(0, rows.size() - 1)) {
            JsonNode finding = MonthSite.JSON.readTree(row);
            boolean ofTheRecord = List.of("unused_grant", "unconfirmed_write")
                    .contains(finding.path("finding").asText());
            String record = finding.at("/evidence/record").asText("");
            assertThat(record.isEmpty()).as(row).isEqualTo(ofTheRecord);
            if (!finding.path("researcher").isNull()) {
                assertThat(finding.path("explanation").asText())
                        .contains("provisioner explain "
                                + finding.path("researcher").asText());
                assertThat(finding.path("resource").isNull()).as(row).isFalse();
            }
        }
    }

    /** What the logs can not tell is said: the day that got lost, the hour without logging, who was left out. */
    private static void coverage(MonthSite site) throws IOException {
        String since = site.begin.toString().substring(0, 10);
        String until =
                site.begin.plus(MonthStory.DAYS - 1, ChronoUnit.DAYS).toString().substring(0, 10);
        JsonNode waves = usage(site, MonthPeople.WAVES, since, until);
        String lost =
                site.begin.plus(MonthStory.LOST_DAY, ChronoUnit.DAYS).toString().substring(0, 10);
        assertThat(texts(waves.at("/coverage/daysWithoutLogs"))).containsExactly(lost);
        List<String> switches = new ArrayList<>();
        waves.at("/coverage/logging")
                .forEach(change -> switches.add(change.path("what").asText()));
        assertThat(switches)
                .containsExactlyInAnyOrder(
                        "off: storage.googleapis.com DATA_READ",
                        "off: server access log",
                        "on: server access log",
                        "on: storage.googleapis.com DATA_READ");
        assertThat(waves.at("/coverage/redacted").asLong()).isZero();
        JsonNode notes = usage(site, MonthPeople.NOTES, since, until);
        assertThat(notes.at("/coverage/redacted").asLong()).isEqualTo(1);
        notes.path("rows")
                .forEach(row -> assertThat(row.path("who").asText().equals("redacted"))
                        .isEqualTo(row.path("principal").isNull()));
    }

    private static JsonNode usage(MonthSite site, String dataset, String since, String until) throws IOException {
        return MonthSite.JSON.readTree(site.done(
                        "audit", "usage", "--dataset", dataset, "--since", since, "--until", until, "--output", "json")
                .out());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}

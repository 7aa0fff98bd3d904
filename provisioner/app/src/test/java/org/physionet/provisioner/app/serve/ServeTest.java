package org.physionet.provisioner.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Launch;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.RunningService;
import org.physionet.provisioner.app.support.ToySite;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.StoreConfig;

/** The service on the embedded database. */
class ServeTest {
    private static final Map<String, String> ANY_PORT = Map.of("PROVISIONER_SERVE_PORT", "0");
    private static final Map<String, String> SELDOM =
            Map.of("PROVISIONER_SERVE_PORT", "0", "PROVISIONER_SCHEDULE_RECONCILE", "5d");

    @TempDir
    Path folder;

    @Test
    void itRunsAtOnceShowsTheRecordWorksBesideCommandsAndIsTheOnlyOne() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.done("audit", "key", "new", "ledger.key");
            site.configure("ledger: {key: ledger.key, publish: [published]}");
            RunningService service = new RunningService(folder, ANY_PORT);
            service.awaitScheduledRuns(1);
            service.await(
                    "a checkpoint is published",
                    () -> service.metric("provisioner_last_done_timestamp_seconds{work=\"checkpoint\"}") > 0);
            assertThat(folder.resolve("published")).isNotEmptyDirectory();
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV))
                    .as(service.err())
                    .isTrue();

            assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = service.get("/health/ready");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(service.get("/").statusCode()).isEqualTo(404);

            Program.Result second =
                    new Program(folder).with("PROVISIONER_SERVE_PORT", "0").run("serve");
            assertThat(second.code()).isEqualTo(2);
            assertThat(second.err())
                    .contains("Another service runs on this embedded database", "store.url", "@")
                    .contains(String.valueOf(ProcessHandle.current().pid()));

            Program.Result revoked = site.done("revoke", "ada", "--reason", "stolen laptop", "--yes");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV))
                    .as(revoked.err())
                    .isFalse();
            JsonNode clock =
                    FilesSite.json(site.done("status", "--output", "json")).path("revocationClock");

            assertThat(service.metric("provisioner_holds")).isEqualTo(1);
            assertThat(service.metric("provisioner_runs_total{exit_code=\"0\",trigger=\"revoke\"}"))
                    .isEqualTo(1);
            assertThat(service.metric(
                            "provisioner_changes_total{action=\"revoke\",layout=\"members\",provider=\"gcp\"}"))
                    .isEqualTo(4);
            assertThat(service.metric(
                            "provisioner_revocation_seconds_count{layout=\"access-points\",provider=\"aws\"}"))
                    .isEqualTo(3);
            assertThat(service.metric(
                            "provisioner_revocation_seconds{layout=\"members\",provider=\"gcp\",quantile=\"0.95\"}"))
                    .isPositive();
            SameClock.tellsSteps(clock.path("places"), service);
            assertThat(site.done("status", "--output", "table").out())
                    .contains("aws access-points: known", "gcp members: known", "not measured (no canary)");
            assertThat(
                            service.metric(
                                    "provisioner_provider_calls_total{method=\"storage.buckets.setIamPolicy\",outcome=\"200\"}"))
                    .isGreaterThanOrEqualTo(4);
            assertThat(service.metric("provisioner_ledger_records")).isGreaterThan(20);
            assertThat(service.metric("provisioner_last_done_timestamp_seconds{work=\"reconcile\"}"))
                    .isPositive();
            assertThat(service.get("/metrics")
                            .headers()
                            .firstValue("Content-Type")
                            .orElse(""))
                    .startsWith("application/openmetrics-text");
            assertThat(service.get("/metrics").body()).endsWith("# EOF\n").doesNotContain("ada", "lovelace");

            service.stop();
            assertThat(service.awaitEnd()).as(service.err()).isZero();
            site.ledgerIsWhole();
        }
    }

    @Test
    void itWakesForAnEndThatACommandRecordedAndCatchesUpOnceAfterAPause() {
        ToySite site = new ToySite(folder);
        site.person(1, "ada", true).person(2, "ben", false);
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        try (RunningService service = new RunningService(folder, SELDOM)) {
            service.awaitScheduledRuns(1);
            assertThat(site.readers()).containsExactly("card:1");
            assertThat(site.run(
                                    "grant",
                                    "ben",
                                    "notes/1.0",
                                    "--until",
                                    tomorrow.toString(),
                                    "--waive",
                                    "dua_unsigned",
                                    "--reason",
                                    "workshop")
                            .code())
                    .isZero();
            assertThat(site.readers()).containsExactly("card:1", "card:2");
            double end = tomorrow.plusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
            service.await(
                    "the next run is due at the end",
                    () -> service.metric("provisioner_next_due_timestamp_seconds{work=\"reconcile\"}") <= end + 1);

            service.pass(Duration.between(Instant.now(), Instant.ofEpochSecond((long) end + 2)));
            service.awaitScheduledRuns(2);
            assertThat(site.readers()).as(service.err()).containsExactly("card:1");

            // Six intervals pass at once: one run makes up for them.
            service.pass(Duration.ofDays(30));
            service.awaitScheduledRuns(3);
            service.await(
                    "the next is in the future",
                    () -> service.metric("provisioner_next_due_timestamp_seconds{work=\"reconcile\"}")
                            > Instant.now().plus(Duration.ofDays(33)).getEpochSecond());
            assertThat(service.scheduledRuns()).isEqualTo(3);
        }
    }

    @Test
    void whatIsWrongMakesItNotReadyAndIsNamed() throws Exception {
        ToySite site = new ToySite(folder);
        site.person(1, "ada", true);
        try (RunningService service = new RunningService(folder, SELDOM)) {
            service.awaitScheduledRuns(1);
            assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);

            String people = Files.readString(folder.resolve("people/researchers.ndjson"));
            site.write("people/researchers.ndjson", "");
            service.pass(Duration.ofDays(6));
            service.awaitScheduledRuns(2);
            JsonNode empty = service.ready();
            assertThat(service.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(empty.at("/checks/source/ok").asBoolean(true))
                    .as(empty.toString())
                    .isFalse();
            assertThat(empty.at("/checks/store/ok").asBoolean()).isTrue();
            assertThat(site.readers()).containsExactly("card:1");

            site.write("people/researchers.ndjson", people);
            service.pass(Duration.ofDays(6));
            service.awaitScheduledRuns(3);
            assertThat(service.get("/health/ready").statusCode())
                    .as(service.ready().toString())
                    .isEqualTo(200);

            // A catalog that can not be read: no run comes about, and none for three intervals is too long.
            site.write("catalog.yaml", "datasets: [");
            service.pass(Duration.ofDays(16));
            service.await(
                    "it is not ready",
                    () -> !service.ready().at("/checks/lastRun/ok").asBoolean(true));
            service.await("it says why", () -> service.err().contains("catalog.yaml"));
        }
    }

    @Test
    void itIsNotReadyWhileItEndsAndFinishesTheResourceItIsAt() {
        ToySite site = new ToySite(folder);
        site.write(
                "catalog.yaml",
                "datasets:\n  - id: notes/1.0\n    resources:\n      - shelf: a/notes\n      - shelf: b/notes\n");
        site.person(1, "ada", true);
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        site.world().underWay(shelf -> {
            if (first.getAndSet(false)) {
                underWay.countDown();
                await(goOn);
            }
        });
        RunningService service = new RunningService(folder, SELDOM);
        await(underWay);
        service.stop();
        service.await("it is not ready", () -> service.get("/health/ready").statusCode() == 503);
        assertThat(service.ready().at("/checks/serving/found").asText()).isEqualTo("is ending");
        goOn.countDown();
        assertThat(service.awaitEnd()).as(service.err()).isZero();
        assertThat(site.readers("a/notes")).containsExactly("card:1");
        assertThat(site.readers("b/notes")).isEmpty();

        Instant began = Instant.now();
        try (RunningService next = new RunningService(folder, SELDOM)) {
            next.await("the rest is done", () -> !site.readers("b/notes").isEmpty());
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aSignalEndsTheProcessInOrderAndLeavesNoLease() throws Exception {
        ToySite site = new ToySite(folder);
        site.person(1, "ada", true);
        site.write("out.txt", "");
        Process process = Launch.program(folder, new File(folder.toFile(), "out.txt"), ANY_PORT, "serve");
        try {
            URI address = Launch.addressSaidIn(process, folder.resolve("out.txt"));
            awaitRun(folder.resolve("out.txt.err"));
            HttpRequest live =
                    HttpRequest.newBuilder(address.resolve("/health/live")).build();
            assertThat(HttpClient.newHttpClient()
                            .send(live, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("out.txt.err")))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
        try (SqlStore store = SqlStore.open(
                new StoreConfig.Embedded(folder.resolve(".provisioner/record.db")),
                InstantSource.system(),
                OpenMode.READ)) {
            assertThat(store.leases(Instant.now())).isEmpty();
            assertThat(store.answers()
                            .newestRun(ScheduledRun.TRIGGER, true)
                            .map(run -> run.end().exitCode()))
                    .contains(0);
        }
    }

    private static void awaitRun(Path err) throws Exception {
        Instant giveUp = Instant.now().plusSeconds(60);
        while (!Files.readString(err).contains("exit code 0")) {
            assertThat(Instant.now()).as(Files.readString(err)).isBefore(giveUp);
            Thread.sleep(20);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.physionet.provisioner.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.RunningService;

/** Somebody should be out, and the cloud does not let us: the site is told, everywhere it looks. */
class OverdueTest {
    private static final Map<String, String> HOUR = Map.of(
            "PROVISIONER_SERVE_PORT", "0",
            "PROVISIONER_SCHEDULE_RECONCILE", "90m",
            "PROVISIONER_ALERTS_REVOCATION_OVERDUE_AFTER", "1h");

    @TempDir
    Path folder;

    @Test
    void aRevocationBeyondTheThresholdIsFirstInStatusInTheMetricsInHealthAndInTheLog() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.done("run");
            site.send(
                    "POST",
                    "/_simulator/faults",
                    "[{\"method\":\"storage.buckets.setIamPolicy\",\"status\":403,\"count\":1000}]");
            site.run("revoke", "ada", "--reason", "asked", "--yes");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
            site.configure("alerts: {revocationOverdueAfter: 1h}");
            assertThat(site.done("status", "--output", "table").out()).doesNotContain("ALERT");

            try (RunningService service = new RunningService(folder, HOUR)) {
                service.awaitScheduledRuns(1);
                assertThat(service.metric("provisioner_revocations_oldest_open_seconds"))
                        .isBetween(0.0, 3000.0);
                assertThat(service.metric("provisioner_revocations_overdue_after_seconds"))
                        .isEqualTo(3600.0);
                assertThat(service.get("/metrics").body()).doesNotContain("provisioner_revocations_overdue{");
                assertThat(service.ready().at("/alerts")).isEmpty();

                service.pass(Duration.ofHours(2));
                service.awaitScheduledRuns(2);
                assertThat(service.get("/metrics").body())
                        .containsPattern("(?m)^provisioner_revocations_overdue\\{.*provider=\"gcp\".*} 3(\\.0)?$");
                assertThat(service.metric("provisioner_revocations_oldest_open_seconds"))
                        .isGreaterThan(7200.0);
                assertThat(service.ready().at("/alerts/0").asText())
                        .startsWith("ALERT: 3 revocations are overdue (alerts.revocationOverdueAfter: 1h)")
                        .doesNotContain("lovelace");
                service.await("it says so", () -> service.err().contains("ALERT: 3 revocations are overdue"));
            }

            site.program.at(() -> InstantSource.system().instant().plus(Duration.ofHours(2)));
            assertThat(site.done("status", "--output", "table").out())
                    .startsWith("ALERT")
                    .contains(FilesSite.ADA);
            JsonNode status = FilesSite.json(site.done("status", "--output", "json"));
            assertThat(status.at("/overdueRevocations/0/resource").asText()).startsWith("gs://");
            assertThat(status.at("/overdueRevocations")).hasSize(3);
            assertThat(status.at("/overdueRevocations/0/seconds").asLong()).isGreaterThan(7000);
            assertThat(status.at("/overdueAfter").asText()).isEqualTo("PT1H");
            Program.Result run = site.run("run");
            assertThat(run.err()).contains("ALERT: 3 revocations are overdue");

            site.configure("alerts: {revocationOverdueAfter: 3h}");
            assertThat(site.done("status", "--output", "table").out()).doesNotContain("ALERT");
        }
    }
}

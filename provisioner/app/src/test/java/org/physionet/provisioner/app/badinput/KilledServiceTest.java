package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Launch;
import org.physionet.provisioner.app.support.RunningService;

/** {@code kill -9} of the service in the middle of its run, as a person would start it; then it is started again. */
class KilledServiceTest {
    private static final Map<String, String> ANY_PORT = Map.of("PROVISIONER_SERVE_PORT", "0");

    @TempDir
    Path folder;

    @Test
    void afterAKillInTheMiddleOfItsRunTheServiceIsReadyAgainAndConverges() throws Exception {
        Set<String> expected;
        try (FilesSite alone = new FilesSite(folder.resolve("alone"))) {
            alone.done("run");
            expected = alone.readers();
        }
        try (FilesSite site = new FilesSite(folder.resolve("killed"), Duration.ofMillis(40))) {
            site.run("migrate", "--yes");
            site.forgetCalls();
            File said = new File(site.folder.toFile(), "out.txt");
            Process service = Launch.program(site.folder, said, ANY_PORT, "serve");
            try {
                while (service.isAlive() && site.writes() < 2) {
                    assertThat(service.waitFor(5, TimeUnit.MILLISECONDS)).isFalse();
                }
            } finally {
                service.destroyForcibly();
            }
            assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(site.readers())
                    .as(Files.readString(site.folder.resolve("out.txt.err")))
                    .isNotEqualTo(expected);

            try (RunningService again = new RunningService(site.folder, ANY_PORT)) {
                again.awaitScheduledRuns(1);
                assertThat(again.get("/health/ready").statusCode())
                        .as(again.err())
                        .isEqualTo(200);
                assertThat(site.readers()).isEqualTo(expected);
            }
            assertThat(FilesSite.json(site.done("plan")).path("changes")).isEmpty();
            site.ledgerIsWhole();
        }
    }
}

package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Two instances at once: one works, the other says so, and nothing is done twice. */
class TwoRunsTest {
    @TempDir
    Path folder;

    @Test
    void oneOfTwoRunsWorksTheOtherSaysBusyAndNothingIsDoubled() throws Exception {
        Set<String> expected;
        long writes;
        try (FilesSite alone = new FilesSite(folder.resolve("alone"))) {
            alone.forgetCalls();
            alone.done("run");
            expected = alone.readers();
            writes = alone.writes();
        }
        try (FilesSite site = new FilesSite(folder.resolve("both"), Duration.ofMillis(60));
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            site.run("migrate", "--yes");
            site.forgetCalls();
            Future<Program.Result> first = two.submit(() -> new Program(site.folder).run("run"));
            Future<Program.Result> second = two.submit(() -> new Program(site.folder).run("run"));
            List<Program.Result> results = List.of(first.get(), second.get());

            assertThat(results).extracting(Program.Result::code).contains(0);
            for (Program.Result result : results) {
                if (result.code() != 0) {
                    assertThat(result.code()).isEqualTo(1);
                    assertThat(result.err()).contains("another run is in progress", "nothing was touched");
                }
            }
            assertThat(site.readers()).isEqualTo(expected);
            assertThat(site.writes()).isEqualTo(writes);
            site.ledgerIsWhole();
            assertThat(FilesSite.json(site.done("plan")).path("changes")).isEmpty();
        }
    }

    @Test
    void aRevocationDuringARunTakesEffectAndStays() throws Exception {
        try (FilesSite site = new FilesSite(folder, Duration.ofMillis(120));
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            site.run("migrate", "--yes");
            Future<Program.Result> run = other.submit(() -> new Program(site.folder).run("run"));
            waitForTheFirstRead(site);
            Program.Result revoke = new Program(site.folder).run("revoke", "ada", "--reason", "stolen laptop", "--yes");
            assertThat(revoke.code()).as(revoke.err() + revoke.out()).isZero();
            Program.Result ended = run.get();

            assertThat(site.readers())
                    .as(ended.err() + ended.out())
                    .noneMatch(r -> r.startsWith(FilesSite.ADA) || r.startsWith("AIDAADA"));
            assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
            JsonNode open = FilesSite.json(site.done("access", "list", "--researcher", "ada"));
            assertThat(open).isEmpty();
            site.ledgerIsWhole();
        }
    }

    private static void waitForTheFirstRead(FilesSite site) throws InterruptedException {
        site.forgetCalls();
        for (int i = 0; i < 400 && site.server.simulator().calls().isEmpty(); i++) {
            Thread.sleep(25);
        }
    }
}

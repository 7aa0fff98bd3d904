package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** A process killed without warning leaves nothing that the next run does not put right at once. */
class KilledRunTest {
    private static final Duration LATENCY = Duration.ofMillis(40);

    @TempDir
    Path folder;

    @Test
    void killedAtSeveralMomentsTheNextRunConvergesWithoutWaitingAndDoesNothingTwice() throws Exception {
        Set<String> expected;
        long needed;
        try (FilesSite alone = new FilesSite(folder.resolve("alone"))) {
            alone.forgetCalls();
            alone.done("run");
            expected = alone.readers();
            needed = alone.writes();
        }
        for (long writesBefore : List.of(0L, 1L, needed / 2, needed - 2)) {
            try (FilesSite site = new FilesSite(folder.resolve("killed-" + writesBefore), LATENCY)) {
                site.run("migrate", "--yes");
                site.forgetCalls();
                killAfter(site, writesBefore);
                long done = site.writes();
                assertThat(site.readers()).isSubsetOf(expected);

                Instant began = Instant.now();
                Program.Result next = site.run("run");
                assertThat(next.code()).as(next.err() + next.out()).isZero();
                assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(25));
                assertThat(site.readers()).isEqualTo(expected);
                assertThat(site.writes()).as("one call may have been under way").isBetween(needed, needed + 1);
                assertThat(done).isLessThan(needed + 1);
                site.ledgerIsWhole();
                assertThat(FilesSite.json(site.done("plan")).path("changes")).isEmpty();
                assertThat(FilesSite.json(site.done("status")).path("open").asInt())
                        .isZero();
            }
        }
    }

    /** As a person starts it, in a process of its own. */
    private static void killAfter(FilesSite site, long writes) throws Exception {
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        "org.physionet.provisioner.app.Main",
                        "run")
                .directory(site.folder.toFile())
                .redirectOutput(new File(site.folder.toFile(), "out.txt"))
                .redirectError(new File(site.folder.toFile(), "err.txt"))
                .start();
        try {
            Instant giveUp = Instant.now().plusSeconds(60);
            while (run.isAlive()
                    && Instant.now().isBefore(giveUp)
                    && (site.server.simulator().calls().isEmpty() || site.writes() < writes)) {
                Thread.sleep(5);
            }
            assertThat(run.isAlive())
                    .as("the run should be under way when it is killed:\n"
                            + Files.readString(site.folder.resolve("err.txt")))
                    .isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Ours, which the test runner may have hidden in a property of its own, from another folder. */
    static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}

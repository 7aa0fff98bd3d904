package org.physionet.provisioner.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.RunningService;
import org.physionet.provisioner.app.support.ToySite;

/** Several services on one PostgreSQL. */
class SeveralInstancesTest {
    private static final Map<String, String> SELDOM =
            Map.of("PROVISIONER_SERVE_PORT", "0", "PROVISIONER_SCHEDULE_RECONCILE", "5d");

    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private ToySite site(String database) throws Exception {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
        ToySite site = new ToySite(folder);
        site.write(
                "provisioner.yaml",
                "source: {type: files, path: people}\ntoy: {library: \"" + folder + "\"}\nstore: {url: \""
                        + server.getJdbcUrl("postgres", database) + "\"}\n");
        assertThat(site.run("migrate", "--yes").code()).isZero();
        return site;
    }

    private static void shelves(ToySite site, int number) {
        StringBuilder catalog = new StringBuilder("datasets:\n  - id: notes/1.0\n    resources:\n");
        for (int i = 0; i < number; i++) {
            catalog.append("      - shelf: ").append(shelf(i)).append('\n');
        }
        site.write("catalog.yaml", catalog.toString());
    }

    private static String shelf(int i) {
        return "s" + i + "/notes";
    }

    @Test
    void aRollingRestartLosesAndDoublesNothing() throws Exception {
        int shelves = 6;
        ToySite site = site("rolling");
        shelves(site, shelves);
        site.person(1, "ada", true);
        Map<String, AtomicInteger> writes = new ConcurrentHashMap<>();
        CountDownLatch secondShelf = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        site.world().underWay(shelf -> {
            writes.computeIfAbsent(shelf.text(), s -> new AtomicInteger()).incrementAndGet();
            if (writes.size() == 2 && secondShelf.getCount() == 1) {
                secondShelf.countDown();
                await(goOn);
            }
        });
        List<RunningService> instances = new ArrayList<>();
        try {
            instances.add(new RunningService(folder, SELDOM));
            await(secondShelf);
            // The new one is there before the old one goes, and does what that leaves.
            RunningService second = new RunningService(folder, SELDOM);
            instances.add(second);
            second.address();
            instances.getFirst().stop();
            goOn.countDown();
            assertThat(instances.getFirst().awaitEnd())
                    .as(instances.getFirst().err())
                    .isZero();
            assertThat(instances.getFirst().err()).contains("because the run was to end");
            second.await(
                    "the rest is done", () -> !site.readers(shelf(shelves - 1)).isEmpty());
            second.awaitScheduledRuns(2);
            assertThat(second.get("/health/ready").statusCode()).isEqualTo(200);
        } finally {
            instances.forEach(RunningService::close);
        }
        Map<String, Integer> each = new TreeMap<>();
        writes.forEach((shelf, times) -> each.put(shelf, times.get()));
        assertThat(each).hasSize(shelves).values().containsOnly(1);
        for (int i = 0; i < shelves; i++) {
            assertThat(site.readers(shelf(i))).containsExactly("card:1");
        }
        assertThat(FilesSite.json(site.run("plan")).path("changes")).isEmpty();
    }

    @Test
    void ofTwoInstancesOneDoesEachScheduledRun() throws Exception {
        ToySite site = site("two");
        site.person(1, "ada", true);
        try (RunningService one = new RunningService(folder, SELDOM);
                RunningService two = new RunningService(folder, SELDOM)) {
            one.awaitScheduledRuns(1);
            two.awaitScheduledRuns(1);
            for (int round = 2; round <= 4; round++) {
                one.pass(Duration.ofDays(6));
                two.pass(Duration.ofDays(6));
                int runs = round;
                one.await("round " + round, () -> one.scheduledRuns() >= runs);
                assertThat(two.scheduledRuns()).isEqualTo(runs);
            }
            assertThat(one.err() + two.err()).doesNotContain("another run is in progress");
            assertThat(one.get("/metrics")
                            .body()
                            .lines()
                            .filter(l -> l.startsWith("provisioner_ledger"))
                            .toList())
                    .isEqualTo(two.get("/metrics")
                            .body()
                            .lines()
                            .filter(l -> l.startsWith("provisioner_ledger"))
                            .toList());
        }
        assertThat(site.readers()).containsExactly("card:1");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.physionet.provisioner.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.Main;
import org.physionet.provisioner.app.cli.Surroundings;
import org.physionet.provisioner.app.cli.Terminal;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.ToySite;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.time.Sleeper;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.StoreConfig;

/** DESIGN, invariant 8: an instance that stalls, and one that wants to take access away while another grants. */
class StalledHolderTest {
    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    /** A command with a clock of its own, which others may set. */
    private final class Instance {
        final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        private final Sleeper sleeper;

        Instance(Sleeper sleeper) {
            this.sleeper = sleeper;
        }

        Ended run(String... command) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            InstantSource machine = InstantSource.system();
            int code = Main.execute(
                    List.of(command),
                    new Surroundings(
                            Map.of(),
                            folder,
                            new ByteArrayInputStream(new byte[0]),
                            new PrintStream(out, false, StandardCharsets.UTF_8),
                            new PrintStream(err, false, StandardCharsets.UTF_8),
                            Terminal.NONE,
                            () -> machine.instant().plus(ahead.get()),
                            sleeper));
            return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    /** Three people have access, the second is to lose it, and a fourth has signed. */
    private ToySite site() {
        ToySite site = new ToySite(folder);
        site.person(1, "ada", true).person(2, "ben", true).person(3, "eve", true);
        assertThat(site.run("run").code()).isZero();
        assertThat(site.readers()).containsExactly("card:1", "card:2", "card:3");
        site.person(4, "tim", true);
        return site;
    }

    private static void unsign(ToySite site, String username) {
        site.edit(username, line -> line.replaceAll("\"agreements\":\\[[^\\]]*]", "\"agreements\":[]"));
    }

    @Test
    void whereStaleWritesAreTakenTheNextHolderWaitsForThemAndRepairs() throws Exception {
        ToySite site = site();
        site.world().letTheLastWriterWin();
        CountDownLatch onItsWay = new CountDownLatch(1);
        CountDownLatch arrives = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        site.world().underWay(shelf -> {
            if (first.getAndSet(false)) {
                onItsWay.countDown();
                await(arrives);
            }
        });
        Instance stalled = new Instance(Thread::sleep);
        CompletableFuture<Ended> one = CompletableFuture.supplyAsync(() -> stalled.run("run"));
        await(onItsWay);
        // Its write names the second still, and is under way for longer than its lease.
        unsign(site, "ben");
        AtomicReference<Duration> waited = new AtomicReference<>(Duration.ZERO);
        AtomicReference<Instance> successor = new AtomicReference<>();
        successor.set(new Instance(time -> {
            stalled.ahead.set(Duration.ofSeconds(150));
            arrives.countDown();
            one.join();
            waited.updateAndGet(time::plus);
            successor.get().ahead.updateAndGet(time::plus);
        }));
        successor.get().ahead.set(Duration.ofSeconds(150));
        Ended two = successor.get().run("run", "--dataset", "notes/1.0");

        assertThat(two.code()).as(two.err()).isZero();
        assertThat(waited.get()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(site.readers()).containsExactly("card:1", "card:3", "card:4");
        assertThat(one.join().err()).contains("another instance has taken over");
        assertThat(FilesSite.parse(successor.get().run("access", "list").out()).findValuesAsText("principal"))
                .containsExactlyInAnyOrder("card:1", "card:3", "card:4");
        assertThat(FilesSite.json(site.run("plan")).path("changes")).isEmpty();
    }

    @Test
    void whereStaleWritesAreRefusedNobodyWaits() throws Exception {
        ToySite site = site();
        CountDownLatch onItsWay = new CountDownLatch(1);
        CountDownLatch arrives = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        site.world().underWay(shelf -> {
            if (first.getAndSet(false)) {
                onItsWay.countDown();
                await(arrives);
            }
        });
        Instance stalled = new Instance(Thread::sleep);
        CompletableFuture<Ended> one = CompletableFuture.supplyAsync(() -> stalled.run("run"));
        await(onItsWay);
        unsign(site, "ben");
        Instance successor = new Instance(time -> {
            throw new AssertionError("waited for " + time);
        });
        successor.ahead.set(Duration.ofSeconds(150));
        Ended two = successor.run("run", "--dataset", "notes/1.0");
        assertThat(two.code()).as(two.err()).isZero();
        stalled.ahead.set(Duration.ofSeconds(150));
        arrives.countDown();
        one.join();

        assertThat(site.readers()).containsExactly("card:1", "card:3", "card:4");
        assertThat(FilesSite.json(site.run("plan")).path("changes")).isEmpty();
    }

    @Test
    void aRunWithABacklogLetsARevocationPastBeforeItsNextGrant() throws Exception {
        ToySite site = site();
        site.world().writeOneByOne();
        for (int card = 10; card < 40; card++) {
            site.person(card, "person" + card, true);
        }
        CountDownLatch underWay = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        AtomicReference<Optional<Integer>> readersWhenGone = new AtomicReference<>(Optional.empty());
        site.world().underWay(shelf -> {
            if (writes.incrementAndGet() == 5) {
                underWay.countDown();
                awaitSomebodyUrgent();
            }
            if (!site.readers().contains("card:1") && readersWhenGone.get().isEmpty()) {
                readersWhenGone.set(Optional.of(site.readers().size()));
            }
        });
        CompletableFuture<Ended> run = CompletableFuture.supplyAsync(() -> new Instance(Thread::sleep).run("run"));
        await(underWay);
        Ended revoked = new Instance(Thread::sleep).run("revoke", "ada", "--reason", "stolen laptop", "--yes");
        assertThat(revoked.code()).as(revoked.err()).isZero();
        assertThat(site.readers()).doesNotContain("card:1");

        Ended ended = run.join();
        assertThat(ended.code()).as(ended.err()).isZero();
        // Nobody was let in between the fifth grant and the revocation.
        assertThat(readersWhenGone.get()).contains(3 + 5 - 1);
        assertThat(site.readers())
                .hasSize(3 - 1 + 1 + 30)
                .doesNotContain("card:1")
                .contains("card:39");
        assertThat(FilesSite.json(site.run("plan")).path("changes")).isEmpty();
    }

    private void awaitSomebodyUrgent() {
        InstantSource clock = InstantSource.system();
        try (SqlStore store = SqlStore.open(
                new StoreConfig.Embedded(folder.resolve(".provisioner/record.db")), clock, OpenMode.READ)) {
            Instant giveUp = Instant.now().plusSeconds(60);
            while (store.leases(clock.instant()).stream()
                    .map(Lease::name)
                    .noneMatch(name -> name.startsWith("urgent/"))) {
                assertThat(Instant.now()).isBefore(giveUp);
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

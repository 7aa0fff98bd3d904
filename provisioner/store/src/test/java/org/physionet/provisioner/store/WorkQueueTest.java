package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.store.queue.Errand;
import org.physionet.provisioner.store.queue.Pace;
import org.physionet.provisioner.store.queue.Repeated;
import org.physionet.provisioner.store.queue.Urgency;
import org.physionet.provisioner.store.queue.WorkQueue;

class WorkQueueTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration POLLING = Duration.ofMillis(50);

    private static WorkQueue queue(StoreConfig config, InstantSource clock, String who, int workers, Errand errand) {
        return WorkQueue.open(
                config,
                clock,
                who,
                _ -> false,
                new Pace(POLLING, Duration.ofSeconds(1), workers),
                List.of(),
                List.of(errand));
    }

    private static Errand errand(Predicate<String> work) {
        return new Errand() {
            @Override
            public String name() {
                return "look";
            }

            @Override
            public boolean perform(String subject) {
                return work.test(subject);
            }
        };
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant giveUp = Instant.now().plusSeconds(90);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(giveUp);
            Thread.sleep(10);
        }
    }

    @Test
    void tenThousandJobsOnTwoInstancesAreEachDoneOnceAndNoResourceByTwoAtATime() throws Exception {
        StoreConfig config = Backend.POSTGRESQL.fresh();
        int jobs = 10_000;
        Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> byInstance = new ConcurrentHashMap<>();
        Map<String, String> atWork = new ConcurrentHashMap<>();
        Map<String, Long> newest = new ConcurrentHashMap<>();
        Collection<String> overlaps = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch left = new CountDownLatch(jobs);
        List<WorkQueue> queues = new ArrayList<>();
        try (SqlStore store = SqlStore.open(config, CLOCK, OpenMode.WRITE)) {
            for (String instance : List.of("one", "two")) {
                queues.add(queue(config, CLOCK, instance, 12, errand(subject -> {
                    // Every tenth also wants one of seven resources for itself, as a run does.
                    Optional<Lease> lease = subject.endsWith("0")
                            ? taken(store, "resource/" + subject.charAt(0), instance + "/" + subject)
                            : Optional.empty();
                    lease.ifPresent(held -> {
                        if (atWork.putIfAbsent(held.name(), held.owner()) != null
                                || newest.merge(held.name(), held.token(), Math::max) != held.token()) {
                            overlaps.add(held.name() + " by " + held.owner());
                        }
                    });
                    done.computeIfAbsent(subject, s -> new AtomicInteger()).incrementAndGet();
                    byInstance
                            .computeIfAbsent(instance, s -> new AtomicInteger())
                            .incrementAndGet();
                    lease.ifPresent(held -> {
                        atWork.remove(held.name());
                        store.release(held);
                    });
                    left.countDown();
                    return true;
                })));
            }
            queues.getFirst()
                    .askAll(
                            "look",
                            IntStream.range(0, jobs)
                                    .mapToObj(i -> i % 7 + "-" + i)
                                    .toList(),
                            Urgency.USUAL,
                            CLOCK.instant());
            queues.forEach(WorkQueue::start);
            assertThat(left.await(120, TimeUnit.SECONDS)).as("%s left", left).isTrue();
            await("every job is taken off", () -> queues.getFirst().waiting("look") == 0);
        } finally {
            queues.forEach(WorkQueue::close);
        }
        assertThat(done).hasSize(jobs);
        assertThat(done.values()).extracting(AtomicInteger::get).containsOnly(1);
        assertThat(overlaps).isEmpty();
        assertThat(byInstance).hasSize(2);
    }

    private static Optional<Lease> taken(SqlStore store, String resource, String holder) {
        Optional<Lease> lease = Optional.empty();
        while (lease.isEmpty()) {
            lease = store.acquire(resource, holder, Duration.ofMinutes(2), CLOCK.instant());
        }
        return lease;
    }

    @ParameterizedTest
    @EnumSource
    void aRevocationGoesBeforeABacklog(Backend backend) throws Exception {
        StoreConfig config = backend.fresh();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (WorkQueue queue = queue(config, CLOCK, "one", 1, errand(order::add))) {
            Instant longAgo = CLOCK.instant().minus(Duration.ofHours(1));
            queue.askAll(
                    "look", IntStream.range(0, 60).mapToObj(Integer::toString).toList(), Urgency.USUAL, longAgo);
            assertThat(queue.ask("look", "revocation", Urgency.REVOCATION, CLOCK.instant()))
                    .isTrue();
            assertThat(queue.ask("look", "revocation", Urgency.USUAL, CLOCK.instant()))
                    .as("asked for twice, done once")
                    .isFalse();
            queue.start();
            await("all are done", () -> order.size() >= 61);
        }
        assertThat(order).hasSize(61).startsWith("revocation");
    }

    @ParameterizedTest
    @EnumSource
    void workOfAnInstanceThatStalledIsBegunAnewByAnother(Backend backend) throws Exception {
        StoreConfig config = backend.fresh();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stalled = new CountDownLatch(1);
        List<String> finished = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Instant> frozen = new AtomicReference<>(CLOCK.instant());
        try (WorkQueue one = queue(config, frozen::get, "one", 1, errand(subject -> {
                    begun.countDown();
                    try {
                        stalled.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                }));
                WorkQueue two = queue(config, () -> CLOCK.instant().plusSeconds(60), "two", 1, errand(finished::add))) {
            one.ask("look", "a", Urgency.USUAL, frozen.get());
            one.start();
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            two.start();
            await("the other did it", () -> finished.contains("a"));
            stalled.countDown();
        }
        assertThat(finished).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMissedIsMadeUpForOnceAndByOneInstance(Backend backend) throws Exception {
        StoreConfig config = backend.fresh();
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> CLOCK.instant().plus(ahead.get());
        AtomicInteger times = new AtomicInteger();
        Repeated hourly = new Repeated() {
            @Override
            public String name() {
                return "hourly";
            }

            @Override
            public Instant first(Instant now) {
                return now;
            }

            @Override
            public Instant perform() {
                times.incrementAndGet();
                return clock.instant().plus(Duration.ofHours(1));
            }

            @Override
            public Instant afterFailure(Instant now) {
                return now;
            }
        };
        Pace pace = new Pace(POLLING, Duration.ofSeconds(1), 2);
        try (WorkQueue once = WorkQueue.open(config, clock, "one", _ -> false, pace, List.of(hourly), List.of())) {
            once.start();
            await(
                    "the first time",
                    () -> times.get() == 1
                            && !once.standing("hourly").orElseThrow().underWay());
        }
        // Five hours pass while nobody is there.
        ahead.set(Duration.ofHours(5));
        try (WorkQueue one = WorkQueue.open(config, clock, "one", _ -> false, pace, List.of(hourly), List.of());
                WorkQueue two = WorkQueue.open(config, clock, "two", _ -> false, pace, List.of(hourly), List.of())) {
            one.start();
            two.start();
            await("caught up", () -> one.standing("hourly").orElseThrow().due().isAfter(clock.instant()));
            assertThat(times).hasValue(2);
            assertThat(one.standing("hourly").orElseThrow().lastDone()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void what_an_instance_that_is_known_to_be_gone_was_at_is_begun_anew_at_once(Backend backend) throws Exception {
        StoreConfig config = backend.fresh();
        Backend.open(config).close();
        Pace seldom = new Pace(POLLING, Duration.ofHours(1), 2);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Errand stuck = errand(subject -> {
            begun.countDown();
            try {
                return end.await(5, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                return false;
            }
        });
        AtomicInteger done = new AtomicInteger();
        try (WorkQueue killed =
                WorkQueue.open(config, CLOCK, "killed", _ -> false, seldom, List.of(), List.of(stuck))) {
            killed.start();
            killed.ask("look", "s", Urgency.USUAL, CLOCK.instant());
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            killed.pause();
            try (WorkQueue next = WorkQueue.open(
                    config,
                    CLOCK,
                    "next",
                    "killed"::equals,
                    seldom,
                    List.of(),
                    List.of(errand(subject -> done.incrementAndGet() > 0)))) {
                next.start();
                await("begun anew", () -> done.get() == 1);
            } finally {
                end.countDown();
            }
        }
    }
}

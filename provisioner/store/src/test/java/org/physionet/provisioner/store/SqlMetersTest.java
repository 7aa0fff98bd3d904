package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.pacing.Meter;
import org.physionet.provisioner.engine.pacing.SharedPacing;

/** Instances share what the providers give a site, not each the whole of it. */
@ParameterizedClass
@EnumSource(Backend.class)
class SqlMetersTest {
    private static final Budget TWENTY = new Budget("p/storage", 20, 20, new TreeSet<>());
    private static final int CALLS = 300;

    @Parameter
    Backend backend;

    private StoreConfig config;

    @BeforeEach
    void begin() {
        config = backend.fresh();
    }

    @AfterEach
    void nothingIsLeft() {
        try (SqlStore store = Backend.open(config)) {
            assertThat(store.leases(NOON)).isEmpty();
        }
    }

    /** One process with a clock of its own, which its waits move. */
    private static final class Instance {
        private Instant now = NOON;
        private final SharedPacing pacing;

        Instance(SqlStore store) {
            pacing = new SharedPacing(() -> now, wait -> now = now.plus(wait), store.meters());
        }

        Instant call(Budget budget) {
            pacing.before(budget);
            return now;
        }
    }

    @Test
    void two_instances_go_no_faster_than_one_may() {
        try (SqlStore one = Backend.open(config);
                SqlStore other = Backend.open(config)) {
            List<Instant> calls = calls(new Instance(one), new Instance(other), CALLS);
            Duration took = Duration.between(NOON, calls.getLast());
            assertThat(took.toMillis())
                    .as("a burst of 20, then 20 a second")
                    .isBetween((CALLS - 20) * 50L - 1000, (CALLS - 20) * 50L + 1000);
            for (int i = 0; i + 60 < CALLS; i++) {
                assertThat(Duration.between(calls.get(i), calls.get(i + 60)))
                        .as("60 calls from the " + i + "th on, of which 30 may go at once")
                        .isGreaterThan(Duration.ofMillis(1400));
            }
        }
    }

    /** Whoever is behind goes next, as time would have it. */
    private static List<Instant> calls(Instance one, Instance other, int count) {
        List<Instant> calls = new ArrayList<>();
        while (calls.size() < count) {
            calls.add((one.now.isAfter(other.now) ? other : one).call(TWENTY));
        }
        return calls.stream().sorted().toList();
    }

    @Test
    void what_one_was_refused_slows_the_other_down() {
        try (SqlStore one = Backend.open(config);
                SqlStore other = Backend.open(config)) {
            Instance refused = new Instance(one);
            refused.call(TWENTY);
            refused.pacing.refused(TWENTY);
            Instance innocent = new Instance(other);
            for (int i = 0; i < 21; i++) {
                innocent.call(TWENTY);
            }
            assertThat(Duration.between(NOON, innocent.now)).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_clock_that_was_wrong_holds_nobody_up_for_long() {
        try (SqlStore store = Backend.open(config)) {
            Instant wrong = NOON.plus(Duration.ofDays(2));
            store.meters().change(TWENTY.name(), wrong, known -> new Meter(wrong, 1.0 / 16, wrong));
            Instance later = new Instance(store);
            for (int i = 0; i < 20; i++) {
                later.call(TWENTY);
            }
            assertThat(Duration.between(NOON, later.now)).isLessThan(Duration.ofMinutes(2));
        }
    }

    @Test
    void nothing_that_was_booked_is_lost() throws Exception {
        try (SqlStore store = Backend.open(config);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> store.meters()
                        .change(
                                "b",
                                NOON,
                                known -> new Meter(known.paidUntil().plusSeconds(1), known.share(), known.changed()))));
            }
            for (Future<?> one : all) {
                one.get();
            }
            Meter known = store.meters().change("b", NOON, meter -> meter);
            assertThat(known.paidUntil()).isEqualTo(NOON.plusSeconds(100));
        }
    }
}

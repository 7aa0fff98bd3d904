package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.minutes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.store.Lease;

@ParameterizedClass
@EnumSource(Backend.class)
class LeaseTest {
    private static final Duration TERM = Duration.ofMinutes(2);

    @Parameter
    Backend backend;

    private StoreConfig config;
    private SqlStore store;

    @BeforeEach
    void open() {
        config = backend.fresh();
        store = Backend.open(config);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_lease_is_one_holder_s_until_it_runs_out() {
        Lease first = store.acquire("r", "a", TERM, NOON).orElseThrow();
        assertThat(first).isEqualTo(new Lease("r", "a", 1, minutes(2)));
        assertThat(store.acquire("r", "b", TERM, minutes(1))).isEmpty();
        assertThat(store.leaseOf("r", minutes(1))).contains(first);
        assertThat(store.acquire("other", "b", TERM, minutes(1))).isPresent();
        assertThat(store.leaseOf("r", minutes(2))).isEmpty();
        assertThat(store.acquire("r", "b", TERM, minutes(2))).contains(new Lease("r", "b", 2, minutes(4), minutes(2)));
    }

    @Test
    void renewing_keeps_the_token_and_taking_over_makes_it_grow() {
        store.acquire("r", "a", TERM, NOON);
        assertThat(store.acquire("r", "a", TERM, minutes(1))).contains(new Lease("r", "a", 1, minutes(3)));
        assertThat(store.acquire("r", "a", TERM, minutes(9))).contains(new Lease("r", "a", 1, minutes(11)));
        assertThat(store.acquire("r", "b", TERM, minutes(20)))
                .contains(new Lease("r", "b", 2, minutes(22), minutes(11)));
        assertThat(store.acquire("r", "a", TERM, minutes(30)))
                .contains(new Lease("r", "a", 3, minutes(32), minutes(22)));
    }

    @Test
    void a_released_lease_is_free_at_once_and_its_token_is_never_used_again() {
        Lease first = store.acquire("r", "a", TERM, NOON).orElseThrow();
        store.release(first);
        assertThat(store.leaseOf("r", NOON)).isEmpty();
        assertThat(store.acquire("r", "a", TERM, NOON)).contains(new Lease("r", "a", 2, minutes(2)));
    }

    @Test
    void that_a_holder_never_gave_it_back_stays_known() {
        store.acquire("r", "a", TERM, NOON);
        Lease second = store.acquire("r", "b", TERM, minutes(5)).orElseThrow();
        assertThat(second.abandonedAt()).isEqualTo(minutes(2));
        assertThat(store.acquire("r", "b", TERM, minutes(6)).orElseThrow().abandonedAt())
                .isEqualTo(minutes(2));
        store.release(second);
        assertThat(store.acquire("r", "c", TERM, minutes(6)).orElseThrow().abandonedAt())
                .isEqualTo(minutes(2));
    }

    @Test
    void a_holder_that_stalled_can_not_release_its_successor_s_lease() {
        Lease stalled = store.acquire("r", "a", TERM, NOON).orElseThrow();
        Lease successor = store.acquire("r", "b", TERM, minutes(5)).orElseThrow();
        store.release(stalled);
        assertThat(store.leaseOf("r", minutes(5))).contains(successor);
    }

    @Test
    void of_many_contenders_in_two_instances_one_gets_it() throws Exception {
        try (SqlStore other = Backend.open(config);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 5; round++) {
                List<Callable<Optional<Lease>>> contenders = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    SqlStore mine = i % 2 == 0 ? store : other;
                    String owner = "owner-" + round + "-" + i;
                    var now = minutes(10L * round);
                    contenders.add(() -> mine.acquire("r", owner, TERM, now));
                }
                List<Lease> got = new ArrayList<>();
                for (Future<Optional<Lease>> one : threads.invokeAll(contenders)) {
                    one.get().ifPresent(got::add);
                }
                assertThat(got).extracting(Lease::token).containsExactly(round + 1L);
            }
        }
    }
}

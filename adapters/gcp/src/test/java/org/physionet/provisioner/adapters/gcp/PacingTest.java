package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.ContractWorld.SeenCalls;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** Every call waits for its budget, a refusal for haste is told to it, and nobody but the engine tries again. */
class PacingTest {
    private final GroupWorld world = new GroupWorld(true);
    private final Told told = new Told();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyCallThatArrivesWasPaidForByTheBudgetThatNamesItsMethod() {
        Resource resource = world.untouched();
        try (LiveAdapter live = new LiveAdapter(world, told, "rates", "on")) {
            world.forgetCalls();

            live.make(resource, target(address(1), null, address(2), null));
            live.make(resource, target(address(1), null));
            live.adapter.check(resource);
            live.adapter.shadows(resource);

            Map<String, Long> expected = new TreeMap<>();
            for (SeenCalls call : world.calls()) {
                List<Budget> paying = live.adapter.capabilities().budgets().stream()
                        .filter(budget -> budget.methods().contains(call.method()))
                        .toList();
                assertThat(paying).as(call.method()).hasSize(1);
                expected.merge(paying.getFirst().name(), call.count(), Long::sum);
            }
            assertThat(told.before).isEqualTo(expected).containsKey("physionet-data/directory");
        }
    }

    @Test
    void anEmulatorIsNotPacedUnlessItIsAskedFor() {
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world, told)) {
            live.make(resource, target(address(1), null));
        }
        assertThat(told.before).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, ''", "403, rateLimitExceeded", "403, userRateLimitExceeded", "403, quotaExceeded"})
    void hasteIsToldToTheBudgetByItsReason(int status, String reason) {
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world, told, "rates", "on")) {
            Write write = live.writes(resource, target(address(1), null)).getFirst();
            world.trouble("directory.members.insert", Trouble.answer(status, reason));

            assertThat(live.adapter.write(resource, write)).isInstanceOf(Outcome.Throttled.class);
            assertThat(told.refused).containsExactly("physionet-data/directory");
        }
    }

    @Test
    void aDenialIsNoHaste() {
        Resource resource = world.newResource();
        try (LiveAdapter live = new LiveAdapter(world, told, "rates", "on")) {
            Write write = live.writes(resource, target(address(1), null)).getFirst();
            world.trouble("directory.members.insert", Trouble.answer(403, "forbidden"));

            assertThat(live.adapter.write(resource, write))
                    .isInstanceOfSatisfying(
                            Outcome.Denied.class,
                            denied -> assertThat(denied.reason()).contains("forbidden"));
            assertThat(told.refused).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 0})
    void nothingIsTriedTwiceBelowTheEngine(int status) {
        Trouble trouble = status == 0 ? Trouble.reset() : Trouble.answer(status);
        for (boolean bucket : List.of(true, false)) {
            try (GroupWorld each = new GroupWorld(bucket);
                    LiveAdapter live = new LiveAdapter(each)) {
                String read = bucket ? "storage.buckets.getIamPolicy" : "bigquery.datasets.get";
                String write = bucket ? "storage.buckets.setIamPolicy" : "bigquery.datasets.patch";
                Resource resource = each.newResource();
                live.make(resource, target(address(1), null, address(2), null));
                Write shut = live.writes(resource, target()).getFirst();
                for (String method : Set.of(read, "directory.members.list", write)) {
                    each.forgetCalls();
                    each.trouble(method, trouble);

                    Object outcome = method.equals(write)
                            ? live.adapter.write(resource, shut)
                            : live.adapter.observe(resource, Places.UNKNOWN);

                    assertThat(outcome).isNotInstanceOfAny(Outcome.Success.class, Observed.Seen.class);
                    assertThat(each.calls().stream()
                                    .filter(call -> call.method().equals(method))
                                    .map(SeenCalls::count)
                                    .toList())
                            .as(method)
                            .containsExactly(1L);
                }
            }
        }
    }

    private static final class Told implements Pacing {
        private final Map<String, Long> before = new TreeMap<>();
        private final List<String> refused = new ArrayList<>();

        @Override
        public synchronized void before(Budget budget) {
            before.merge(budget.name(), 1L, Long::sum);
        }

        @Override
        public synchronized void refused(Budget budget) {
            refused.add(budget.name());
        }
    }
}

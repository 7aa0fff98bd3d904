package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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
import org.physionet.provisioner.engine.pacing.SharedPacing;

/** Every call waits for its budget, a refusal for haste is told to it, and nobody but the engine tries again. */
class PacingTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final GroupWorld world = new GroupWorld(true);
    private final Told told = new Told();
    private Instant now = START;
    private final SharedPacing pacing = new SharedPacing(() -> now, wait -> now = now.plus(wait));

    private Duration waited() {
        return Duration.between(START, now);
    }

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
            assertThat(told.ofApis()).isEqualTo(expected).containsKey("physionet-data/directory");
            assertThat(told.ofResources())
                    .as("writes of the policy are paid for by the resource too")
                    .containsExactly(Map.entry(
                            "storage-policy /storage/v1/b/" + resource.id().location() + "/iam", 1L));
        }
    }

    /** facts/gcp.md 1: one update a second for a bucket, five in ten seconds for a dataset, for each of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResourceWaitsForItselfAndNotForOthers(boolean bucket) {
        try (GoogleWorld each = bucket ? new BucketWorld() : new DatasetWorld();
                LiveAdapter live = new LiveAdapter(each, pacing, "rates", "on")) {
            Resource one = each.newResource();
            Resource other = each.newResource();
            live.make(one, target(address(1), null));
            live.make(other, target(address(1), null));
            assertThat(waited()).isZero();

            for (int people = 2; people < 5; people++) {
                live.make(one, target(address(people), null));
            }
            Duration own = waited();
            live.make(other, target(address(2), null));

            assertThat(own).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
            assertThat(waited()).as("the other has its own").isEqualTo(own);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "storage.buckets.setIamPolicy, 1, PT1S",
        "bigquery.datasets.patch, 5, PT10S",
        "directory.members.insert, 2400, PT1M"
    })
    void whatABudgetLetsThroughFitsIntoEveryWindowThatGoogleCounts(String method, int most, Duration window) {
        Budget budget = budgetOf(method);
        Random random = new Random(1);
        Deque<Instant> recent = new ArrayDeque<>();
        for (int call = 0; call < 4 * most + 20; call++) {
            if (random.nextInt(most) == 0) {
                now = now.plusMillis(random.nextLong(2 * window.toMillis()));
            }
            pacing.before(budget);
            recent.add(now);
            recent.removeIf(instant -> !instant.isAfter(now.minus(window)));
            assertThat(recent.size())
                    .as("call " + call + ", in the last " + window)
                    .isLessThanOrEqualTo(most);
        }
    }

    /** The tightest that pays for the method. */
    private Budget budgetOf(String method) {
        List<Budget> paying = new ArrayList<>();
        for (boolean bucket : List.of(true, false)) {
            try (GroupWorld each = new GroupWorld(bucket);
                    LiveAdapter live = new LiveAdapter(each, told, "rates", "on")) {
                live.make(each.untouched(), target(address(1), null));
            }
        }
        told.budgets.stream()
                .filter(budget -> budget.methods().contains(method))
                .forEach(paying::add);
        return Collections.min(paying, Comparator.comparing(Budget::perSecond));
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasteAtAPolicySlowsDownItsResourceAndTheApi(boolean bucket) {
        try (GoogleWorld each = bucket ? new BucketWorld() : new DatasetWorld();
                LiveAdapter live = new LiveAdapter(each, told, "rates", "on")) {
            Resource resource = each.newResource();
            Write write = live.writes(resource, target(address(1), null)).getFirst();
            each.trouble(each.writeMethod(), each.tooFast());

            assertThat(live.adapter.write(resource, write)).isInstanceOf(Outcome.Throttled.class);

            assertThat(told.refused)
                    .hasSize(2)
                    .contains(bucket ? "physionet-data/storage" : "physionet-data/bigquery")
                    .anyMatch(name ->
                            name.contains(bucket ? "/" + resource.id().location() + "/" : "/datasets/dataset_"));
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
        private final Set<Budget> budgets = new HashSet<>();

        private Map<String, Long> ofApis() {
            return where(name -> name.startsWith("physionet-data/"));
        }

        private Map<String, Long> ofResources() {
            return where(name -> !name.startsWith("physionet-data/"));
        }

        private Map<String, Long> where(Predicate<String> which) {
            Map<String, Long> some = new TreeMap<>(before);
            some.keySet().removeIf(which.negate());
            return some;
        }

        @Override
        public synchronized void before(Budget budget) {
            budgets.add(budget);
            before.merge(budget.name(), 1L, Long::sum);
        }

        @Override
        public synchronized void refused(Budget budget) {
            refused.add(budget.name());
        }
    }
}

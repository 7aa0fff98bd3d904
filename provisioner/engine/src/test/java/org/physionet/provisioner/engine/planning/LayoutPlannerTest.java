package org.physionet.provisioner.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Forecast;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Load;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Others;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.engine.store.EdgeRecord;

/** The planner picks the first layout with room for a year, and its forecast is the first day on which one does not hold everybody. */
class LayoutPlannerTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final LayoutLimit SMALL = new LayoutLimit("small", "one document", "bytes", 10_000, 1_000, 20);
    private static final LayoutLimit LARGE = new LayoutLimit("large", "documents", "documents", 100, 1, 0.01);
    private static final LayoutLimit OTHER = new LayoutLimit("other", "entries", "entries", 5_000, 0, 1);
    private static final List<LayoutLimit> ALL = List.of(SMALL, LARGE, OTHER);

    private static String picked(double readers, double perDay) {
        return picked(readers, perDay, Map.of());
    }

    private static String picked(double readers, double perDay, Map<String, Others> others) {
        return LayoutPlanner.pick(ALL, new Load(readers, perDay), others, TODAY)
                .limit()
                .layout();
    }

    @Test
    void aSmallSetGetsTheFirstLayoutAndALargerOneTheNext() {
        assertThat(picked(0, 0)).isEqualTo("small");
        assertThat(picked(350, 0)).isEqualTo("small");
        assertThat(picked(351, 0)).isEqualTo("large");
        assertThat(picked(7_900, 0)).isEqualTo("large");
    }

    @Test
    void whatWouldBeFullWithinAYearIsPassedOver() {
        // (10,000 - 1,000 - 20 * 100) / 20 = 350 readers more
        assertThat(picked(100, 0.9)).isEqualTo("small");
        assertThat(picked(100, 1.0)).isEqualTo("large");
        assertThat(picked(100, -5)).isEqualTo("small");
    }

    @Test
    void whatOthersUseOfASharedPoolCounts() {
        assertThat(picked(100, 0, Map.of("one document", new Others(6_000, 0)))).isEqualTo("large");
        assertThat(picked(1_000, 0, Map.of("documents", new Others(75, 0)))).isEqualTo("other");
        assertThat(picked(1_000, 0, Map.of("documents", new Others(10, 1)))).isEqualTo("other");
    }

    @Test
    void ifNoneHasRoomTheOneThatIsFullLastIsPicked() {
        assertThat(picked(4_980, 30, Map.of("documents", new Others(40, 0)))).isEqualTo("large");
        assertThat(picked(4_900, 1, Map.of("documents", new Others(100, 0)))).isEqualTo("other");
    }

    @Test
    void theForecastIsTheFirstDayThatIsTooMuch() {
        Forecast forecast = LayoutPlanner.forecast(OTHER, new Load(4_000, 10), Others.NONE, TODAY);
        // after 100 days it is exactly full
        assertThat(forecast.fullOn()).isEqualTo(TODAY.plusDays(101));
        assertThat(forecast.used()).isEqualTo(4_000);
        assertThat(LayoutPlanner.forecast(OTHER, new Load(5_001, 0), Others.NONE, TODAY)
                        .fullOn())
                .isEqualTo(TODAY);
        assertThat(LayoutPlanner.forecast(OTHER, new Load(5_000, 0), Others.NONE, TODAY)
                        .fullOn())
                .isNull();
        assertThat(LayoutPlanner.forecast(OTHER, new Load(10, 0.01), Others.NONE, TODAY)
                        .fullOn())
                .as("in more than a hundred years")
                .isNull();
    }

    @Test
    void forAnyLoadTheForecastHoldsUntilTheDayBeforeAndNotOnTheDay() {
        qt().forAll(
                        integers().between(0, 6_000),
                        integers().between(2, 400),
                        integers().between(0, 4_000))
                .checkAssert((readers, tenthsADay, others) -> {
                    Load load = new Load(readers, tenthsADay / 10.0);
                    Forecast forecast = LayoutPlanner.forecast(OTHER, load, new Others(others, 0), TODAY);
                    LocalDate full = java.util.Objects.requireNonNull(forecast.fullOn());
                    long days = ChronoUnit.DAYS.between(TODAY, full);
                    double onTheDay = others + OTHER.used(readers + load.perDay() * days);
                    double before = others + OTHER.used(readers + load.perDay() * (days - 1));
                    assertThat(onTheDay).isGreaterThan(OTHER.limit() - 1e-6);
                    assertThat(days == 0 || before <= OTHER.limit() + 1e-6).isTrue();
                });
    }

    @Test
    void aChoiceWithRoomIsNeverFollowedByALayoutThatCameFirstAndHadRoom() {
        qt().forAll(
                        integers().between(0, 9_000),
                        integers().between(-50, 200),
                        integers().between(0, 120))
                .checkAssert((readers, tenthsADay, others) -> {
                    Load load = new Load(readers, tenthsADay / 10.0);
                    Map<String, Others> used = Map.of("documents", new Others(others, 0));
                    Forecast picked = LayoutPlanner.pick(ALL, load, used, TODAY);
                    for (LayoutLimit limit : ALL.subList(0, ALL.indexOf(picked.limit()))) {
                        assertThat(LayoutPlanner.forecast(
                                                limit, load, used.getOrDefault(limit.pool(), Others.NONE), TODAY)
                                        .roomy(TODAY))
                                .isFalse();
                    }
                    assertThat(picked).isEqualTo(LayoutPlanner.pick(ALL, load, used, TODAY));
                });
    }

    private static final ResourceId PLACE = new ResourceId("toy://place");
    private static final Instant NOW = TODAY.atStartOfDay(ZoneOffset.UTC).toInstant();

    private static EdgeRecord came(int daysAgo, boolean adopted) {
        return new EdgeRecord(
                PLACE,
                new org.physionet.provisioner.engine.model.Principal("toy", "p" + daysAgo, "p" + daysAgo),
                EdgeRecord.State.GRANTED,
                adopted,
                NOW.minus(daysAgo, ChronoUnit.DAYS),
                null,
                null,
                List.of());
    }

    private static Growth growth(int firstSeenDaysAgo, List<EdgeRecord> edges) {
        return Growth.of(PLACE, NOW.minus(firstSeenDaysAgo, ChronoUnit.DAYS), edges, List.<Ending>of(), NOW);
    }

    @Test
    void growthIsWhoCameADayWithoutTheFirstFillingAndTheAdopted() {
        List<EdgeRecord> edges = new ArrayList<>();
        for (int day = 0; day < 180; day++) {
            edges.add(came(day, false));
            edges.add(came(day, true));
        }
        assertThat(growth(400, edges).perDay().orElseThrow()).isBetween(0.99, 1.02);

        List<EdgeRecord> filled = new ArrayList<>(edges.subList(0, 20));
        for (int n = 0; n < 1_000; n++) {
            filled.add(came(31, false));
        }
        // 30 days are left to look at, in which ten came
        assertThat(growth(31, filled).net()).isEqualTo(10);
        assertThat(growth(31, filled).perDay().orElseThrow()).isBetween(0.33, 0.34);
        assertThat(growth(5, filled).perDay()).isEmpty();
        assertThat(growth(0, filled).net()).isZero();
    }
}

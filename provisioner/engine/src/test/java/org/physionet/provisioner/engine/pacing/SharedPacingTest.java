package org.physionet.provisioner.engine.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Budget;

class SharedPacingTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Budget FORTY =
            new Budget("p/directory", 40, 40, new TreeSet<>(Set.of("directory.members.insert")));

    private Instant now = START;
    private final SharedPacing pacing = new SharedPacing(() -> now, wait -> now = now.plus(wait));

    @Test
    void aBurstGoesAtOnceAndTheRestAtTheDeclaredRate() {
        spend(40);
        assertThat(passed()).isZero();

        spend(400);
        assertThat(passed()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsNotSpentDuringAPauseComesBackUpToTheBurst() {
        spend(40);
        now = now.plusSeconds(3600);
        Instant later = now;

        spend(40);
        assertThat(Duration.between(later, now)).isZero();
        spend(40);
        assertThat(Duration.between(later, now)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRefusalHalvesTheRateAndItComesBackWhenNobodyRefusesAnyMore() {
        spend(40);
        pacing.refused(FORTY);
        pacing.refused(FORTY);
        Instant refused = now;

        spend(40);
        assertThat(Duration.between(refused, now))
                .as("20 a second, halved once for both")
                .isEqualTo(Duration.ofSeconds(2));

        now = now.plusSeconds(60);
        Instant recovered = now;
        spend(80);
        assertThat(Duration.between(recovered, now)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void budgetsDoNotDelayEachOther() {
        spend(4000);
        Instant before = now;
        pacing.before(new Budget("p/storage", 1, 1, new TreeSet<>()));
        assertThat(now).isEqualTo(before);
    }

    private void spend(int calls) {
        for (int i = 0; i < calls; i++) {
            pacing.before(FORTY);
        }
    }

    private Duration passed() {
        return Duration.between(START, now);
    }
}

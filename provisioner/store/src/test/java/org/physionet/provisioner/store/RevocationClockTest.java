package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.BOB_GOOGLE;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.RUN;
import static org.physionet.provisioner.store.Sample.grant;
import static org.physionet.provisioner.store.Sample.holding;
import static org.physionet.provisioner.store.Sample.minutes;
import static org.physionet.provisioner.store.Sample.result;
import static org.physionet.provisioner.store.Sample.revoke;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.RunRecord.CanaryTime;
import org.physionet.provisioner.store.state.RevocationClock;
import org.physionet.provisioner.store.state.RevocationClock.Place;
import org.physionet.provisioner.store.state.RevocationClock.Revoked;
import org.physionet.provisioner.store.state.RevocationClock.Step;
import org.physionet.provisioner.store.state.RevocationClock.Times;

/** How long revocations took, step by step, at each kind of place. */
class RevocationClockTest {
    private static final ResourceId PREFIX = new ResourceId("s3://controlled/mimiciv/3.1/");
    private static final Principal KEY = new Principal("aws", "AIDAEXAMPLE0000000001", "AIDAEXAMPLE0000000001");
    private static final Place GCP = new Place("gcp", "members");
    private static final Place AWS = new Place("aws", "access-points");

    @ParameterizedTest
    @EnumSource(Backend.class)
    void theRecordTimesEachStepByProviderAndLayout(Backend backend) {
        try (SqlStore store = backend.open()) {
            Sample.begin(store);
            Sample.grantAda(store);
            store.intend(RUN, minutes(0), BUCKET, "policy", List.of(grant(BOB_GOOGLE, holding(BOB))));
            store.conclude(RUN, List.of(result(Action.GRANT, BOB_GOOGLE, Stage.PROVEN, minutes(2))));
            takeOut(store, ADA_GOOGLE, 10, 11, 13, 16);
            takeOut(store, BOB_GOOGLE, 20, 25, 26, 28);
            grantAndLoseTheAnswer(store);
            canary(store);

            RevocationClock clock = store.answers().revocationClock(minutes(5));

            assertThat(clock.whole().sorted()).containsExactly(inMinutes(6), inMinutes(7), inMinutes(8));
            assertThat(clock.places()).containsOnlyKeys(GCP, AWS);
            assertThat(clock.places().get(GCP))
                    .isEqualTo(Map.of(
                            Step.REQUESTED, times(1, 5),
                            Step.ACCEPTED, times(1, 2),
                            Step.READ_BACK, times(2, 3),
                            Step.GONE, times(6, 8),
                            Step.EFFECTIVE, times()));
            assertThat(clock.places().get(AWS))
                    .isEqualTo(Map.of(
                            Step.REQUESTED, times(3),
                            Step.ACCEPTED, times(),
                            Step.READ_BACK, times(),
                            Step.GONE, times(7),
                            Step.EFFECTIVE, new Times(List.of(Duration.ofSeconds(21), Duration.ofSeconds(42)))));
            assertThat(store.answers().figures(minutes(5), minutes(5)).revocationClock())
                    .isEqualTo(clock);
            assertThat(store.answers().revocationClock(minutes(100)).places()).isEmpty();
        }
    }

    private static void takeOut(
            SqlStore store, Principal who, long detected, long requested, long accepted, long gone) {
        store.revocationDetected(RUN, minutes(detected), BUCKET, List.of(who), null);
        store.intend(RUN, minutes(requested), BUCKET, "policy", List.of(revoke(who, "dua_unsigned")));
        store.conclude(RUN, List.of(result(Action.REVOKE, who, Stage.ACCEPTED, minutes(accepted))));
        store.conclude(RUN, List.of(result(Action.REVOKE, who, Stage.PROVEN, minutes(gone))));
    }

    private static void grantAndLoseTheAnswer(SqlStore store) {
        store.resourceSeen(
                minutes(0),
                new Resource(
                        PREFIX,
                        "aws",
                        "access-points",
                        Map.of(),
                        Mode.ENFORCE,
                        new TreeSet<>(List.of(Sample.MIMIC)),
                        Resource.Admits.ALL,
                        new TreeSet<>(),
                        "catalog"),
                false,
                0,
                Sample.documents("p-1"),
                null);
        EdgeChange in = new EdgeChange(Action.GRANT, PREFIX, KEY, List.of(), List.of(holding(ADA)));
        store.intend(RUN, minutes(0), PREFIX, "p-1", List.of(in));
        store.conclude(RUN, List.of(new EdgeResult(Action.GRANT, PREFIX, KEY, Stage.PROVEN, minutes(1), "")));
        store.revocationDetected(RUN, minutes(30), PREFIX, List.of(KEY), null);
        EdgeChange out = new EdgeChange(Action.REVOKE, PREFIX, KEY, List.of("dua_unsigned"), List.of());
        store.intend(RUN, minutes(33), PREFIX, "p-1", List.of(out));
        store.conclude(
                RUN, List.of(new EdgeResult(Action.REVOKE, PREFIX, KEY, Stage.UNKNOWN, minutes(34), "no answer")));
        store.conclude(RUN, List.of(new EdgeResult(Action.REVOKE, PREFIX, KEY, Stage.PROVEN, minutes(37), "")));
    }

    private static void canary(SqlStore store) {
        RunId probe = new RunId("run-canary");
        store.beginRun(new RunRecord(probe, "canary", "root@host", null, minutes(40), null, null));
        Map<String, Integer> measured = new TreeMap<>();
        measured.put(new CanaryTime(CanaryTime.REVOKE, PREFIX.text(), "p-1", Duration.ZERO).key(), 21_000);
        measured.put(new CanaryTime(CanaryTime.REVOKE, PREFIX.text(), "p-2", Duration.ZERO).key(), 42_000);
        measured.put(new CanaryTime(CanaryTime.GRANT, PREFIX.text(), "p-1", Duration.ZERO).key(), 9_000);
        store.finishRun(probe, "", new RunRecord.End(minutes(41), 0, Map.of(), Map.of(), measured, List.of()));
    }

    @Test
    void aShareIsTheLeastTimeThatSoManyKeptTo() {
        List<Duration> all = new java.util.ArrayList<>();
        for (int i = 20; i >= 1; i--) {
            all.add(Duration.ofSeconds(i));
        }
        Times times = new Times(all);
        assertThat(times.within(0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(times.within(0.95)).isEqualTo(Duration.ofSeconds(19));
        assertThat(times.within(1)).isEqualTo(Duration.ofSeconds(20));
        assertThat(Optional.ofNullable(new Times(List.of()).within(0.5))).isEmpty();
    }

    @Test
    void aClockThatWasSetBackMakesNothingShorterThanNothing() {
        Instant noon = Sample.NOON;
        RevocationClock clock = RevocationClock.of(
                List.of(new Revoked(GCP, noon, noon.minusSeconds(60), noon.plusSeconds(5), noon.plusSeconds(6))),
                List.of());
        assertThat(clock.places().get(GCP))
                .containsEntry(Step.REQUESTED, new Times(List.of(Duration.ZERO)))
                .containsEntry(Step.GONE, new Times(List.of(Duration.ofSeconds(6))));
    }

    private static Duration inMinutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static Times times(long... minutes) {
        return new Times(
                java.util.Arrays.stream(minutes).mapToObj(Duration::ofMinutes).toList());
    }
}

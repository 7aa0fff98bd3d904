package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.Store.AdoptedEdge;

/** DESIGN, invariant 8, in the record: what a holder writes is judged by its token in the transaction that writes it. */
@ParameterizedClass
@EnumSource(Backend.class)
class FenceTest {
    private static final Duration TERM = Duration.ofMinutes(2);
    private static final String NAME = "resource/" + BUCKET;
    private static final RunId OTHER = new RunId("run-2");

    @Parameter
    Backend backend;

    private SqlStore stalled;
    private SqlStore successor;

    @BeforeEach
    void open() {
        StoreConfig config = backend.fresh();
        stalled = Backend.open(config);
        successor = Backend.open(config);
        Sample.begin(stalled);
        Sample.grantAda(stalled);
        successor.beginRun(Sample.run(OTHER, minutes(20)));
    }

    @AfterEach
    void close() {
        stalled.close();
        successor.close();
    }

    /** The second takes the resource, takes Ada out and has read that she is gone. */
    private void takeOver() {
        Lease lease = successor.acquire(NAME, "b", TERM, minutes(25)).orElseThrow();
        successor.intend(OTHER, minutes(25), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "blocked")), lease);
        assertThat(successor.conclude(
                        OTHER, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.PROVEN, minutes(25))), lease))
                .isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHolderThatStallsBetweenLookingAtItsLeaseAndWritingRecordsNothing() {
        Lease lease = stalled.acquire(NAME, "a", TERM, minutes(20)).orElseThrow();
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> {
            assertThat(stalled.leaseOf(NAME, minutes(21))).contains(lease);
            looked.countDown();
            FenceTest.await(goesOn);
            stalled.intend(RUN, minutes(21), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(Sample.ADA))), lease);
        });
        await(looked);
        takeOver();
        List<EdgeRecord> edges = successor.view().edges();
        List<String> told = Sample.types(successor);
        goesOn.countDown();

        assertThatThrownBy(first::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LeaseLostException.class)
                .hasMessageContaining("another instance has taken over");
        assertThat(successor.view().edges()).isEqualTo(edges);
        assertThat(Sample.types(successor)).isEqualTo(told);
    }

    /** Everything that is recorded of a resource, in the name of whoever holds a lease. */
    private static List<ThrowingCallable> writes(SqlStore store, Lease lease) {
        Places places = new Places(Sample.documents("p-1"), new TreeMap<>(Map.of(BOB, "p-1")));
        List<AdoptedEdge> bob = List.of(new AdoptedEdge(BOB_GOOGLE, List.of(holding(BOB))));
        Quarantined refused = new Quarantined(BOB_GOOGLE, BUCKET, "bad", false, 1, minutes(26), minutes(27));
        return List.of(
                () -> store.place(BUCKET, places, lease),
                () -> store.upkeep(RUN, minutes(26), BUCKET, "policy", "renews", null, lease),
                () -> store.intend(RUN, minutes(26), BUCKET, "policy", List.of(grant(BOB_GOOGLE, holding(BOB))), lease),
                () -> store.resourceSeen(minutes(26), Sample.bucket(), false, 9, Sample.documents("p-9"), lease),
                () -> store.found(RUN, minutes(26), BUCKET, bob, lease),
                () -> store.hold(RUN, minutes(26), BUCKET, Map.of(ADA_GOOGLE, List.of()), lease),
                () -> store.revocationDetected(RUN, minutes(26), BUCKET, List.of(ADA_GOOGLE), lease),
                () -> store.quarantine(RUN, List.of(refused), lease),
                () -> store.readmit(List.of(BOB_GOOGLE), RUN.value(), minutes(26), lease),
                () -> store.putBaseline(Map.of("resource " + BUCKET, "other"), minutes(26), lease),
                () -> store.witnessed(RUN, minutes(26), BUCKET, List.of(), List.of(ADA_GOOGLE), lease),
                () -> store.adopt(RUN, minutes(26), BUCKET, bob, lease));
    }

    @Test
    void nothingOfTheWritersIsRecordedUnderALeaseThatWasLost() {
        Lease lease = stalled.acquire(NAME, "a", TERM, minutes(20)).orElseThrow();
        var _ = successor.acquire(NAME, "b", TERM, minutes(25)).orElseThrow();
        nothingIsRecordedUnder(lease);
    }

    private void nothingIsRecordedUnder(Lease lease) {
        RecordView before = successor.view();
        List<String> told = Sample.types(successor);
        writes(stalled, lease).forEach(FenceTest::refused);
        assertThat(successor.view()).isEqualTo(before);
        assertThat(Sample.types(successor)).isEqualTo(told);
    }

    @Test
    void whatWasReadWhileNobodyWorkedThereIsRecordedAsLongAsNobodyDoes() throws Throwable {
        Lease vacant = vacant(minutes(20));
        assertThat(vacant(minutes(21))).isEqualTo(vacant);
        int told = Sample.types(successor).size();
        for (ThrowingCallable write : writes(stalled, vacant)) {
            write.call();
        }
        assertThat(Sample.types(successor)).hasSizeGreaterThan(told + 8);
        assertThat(successor.view().edges()).extracting(EdgeRecord::principal).containsExactly(BOB_GOOGLE);
    }

    @Test
    void whatWasReadBeforeSomebodyWorkedThereIsNotRecordedAfterIt() {
        Lease vacant = vacant(minutes(20));
        Lease other = successor.acquire(NAME, "b", TERM, minutes(25)).orElseThrow();
        assertThat(stalled.vacant(List.of(NAME), minutes(25))).isEmpty();
        nothingIsRecordedUnder(vacant);
        successor.release(other);
        nothingIsRecordedUnder(vacant);
        assertThat(vacant(minutes(26)).token()).isGreaterThan(vacant.token());
    }

    @Test
    void whoLooksTakesTheLeaseFromAHolderWhoseTermHasRunOut() {
        Lease lease = stalled.acquire(NAME, "a", TERM, minutes(20)).orElseThrow();
        assertThat(successor.vacant(List.of(NAME), minutes(21))).isEmpty();
        Lease vacant = vacant(minutes(25));
        assertThat(vacant.abandonedAt()).isEqualTo(lease.expiresAt());
        nothingIsRecordedUnder(lease);
        Lease next = successor.acquire(NAME, "b", TERM, minutes(26)).orElseThrow();
        assertThat(next.token()).isGreaterThan(lease.token());
        assertThat(next.abandonedAt())
                .as("its last write may still be on its way")
                .isEqualTo(lease.expiresAt());
    }

    private Lease vacant(Instant at) {
        return java.util.Objects.requireNonNull(
                successor.vacant(List.of(NAME), at).get(NAME));
    }

    @Test
    void aCaseIsPutOnlyOverWhatItsWriterSaw() {
        GuardCase opened = guardCase(GuardCase.State.OPEN, 1);
        assertThat(stalled.putCases(List.of(opened), List.of(), RUN.value(), "planned", minutes(20)))
                .isEmpty();
        GuardCase deferred = guardCase(GuardCase.State.DEFERRED, 1);
        assertThat(successor.putCases(List.of(deferred), List.of(opened), "eve@host", "wait", minutes(21)))
                .isEmpty();
        List<String> told = Sample.types(successor);

        GuardCase grown = guardCase(GuardCase.State.OPEN, 2);
        assertThat(stalled.putCases(List.of(grown), List.of(opened), RUN.value(), "planned", minutes(22)))
                .containsExactly("case-1");
        assertThat(stalled.putCases(List.of(grown), List.of(), RUN.value(), "planned", minutes(22)))
                .containsExactly("case-1");
        assertThat(stalled.decisions().confirmed(grown, opened, "bo@host", "yes", minutes(22)))
                .isFalse();
        assertThat(successor.view().cases()).containsExactly(asRecorded(deferred));
        assertThat(Sample.types(successor)).isEqualTo(told);
    }

    /** Instants are kept to the microsecond. */
    private static GuardCase asRecorded(GuardCase one) {
        return new GuardCase(
                one.id(),
                one.kind(),
                one.cause(),
                one.systemic(),
                minutes(19),
                one.state(),
                one.deferredUntil(),
                one.members(),
                one.released());
    }

    private static GuardCase guardCase(GuardCase.State state, int people) {
        TreeSet<GuardCase.Member> members = new TreeSet<>();
        for (int i = 0; i < people; i++) {
            members.add(new GuardCase.Member("1" + (7 + i), Sample.MIMIC));
        }
        Instant until = state == GuardCase.State.DEFERRED ? minutes(600) : null;
        return new GuardCase(
                "case-1",
                GuardCase.Kind.REVOCATIONS,
                "training 1",
                true,
                minutes(19).plusNanos(999),
                state,
                until,
                members,
                new TreeSet<>());
    }

    private static void refused(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void anOutcomeThatComesTooLateIsToldAsNotKnownAndChangesNoEdge() {
        Lease lease = stalled.acquire(NAME, "a", TERM, minutes(20)).orElseThrow();
        stalled.intend(RUN, minutes(20), BUCKET, "policy", List.of(grant(BOB_GOOGLE, holding(BOB))), lease);
        takeOver();
        List<EdgeRecord> edges = successor.view().edges();
        int told = Sample.types(successor).size();

        assertThat(stalled.conclude(RUN, List.of(result(Action.GRANT, BOB_GOOGLE, Stage.PROVEN, minutes(26))), lease))
                .isFalse();
        assertThat(successor.view().edges()).isEqualTo(edges);
        assertThat(Sample.types(successor)).hasSize(told + 2).endsWith("outcome");
    }

    @Test
    void aTermThatRanOutWithoutAnybodyElseTakingItIsStillTheHolders() {
        Lease lease = stalled.acquire(NAME, "a", TERM, minutes(20)).orElseThrow();
        stalled.intend(RUN, minutes(30), BUCKET, "policy", List.of(grant(BOB_GOOGLE, holding(BOB))), lease);
        assertThat(stalled.conclude(RUN, List.of(result(Action.GRANT, BOB_GOOGLE, Stage.PROVEN, minutes(30))), lease))
                .isTrue();
        assertThat(stalled.view().edges()).extracting(EdgeRecord::principal).contains(BOB_GOOGLE);
    }

    @Test
    void aLeaseThatWasGivenBackFencesAsWell() {
        Lease lease = stalled.acquire(NAME, "a", TERM, minutes(20)).orElseThrow();
        takeOver();
        successor.release(successor.leaseOf(NAME, minutes(25)).orElseThrow());
        refused(() ->
                stalled.intend(RUN, minutes(26), BUCKET, "policy", List.of(grant(BOB_GOOGLE, holding(BOB))), lease));
    }
}

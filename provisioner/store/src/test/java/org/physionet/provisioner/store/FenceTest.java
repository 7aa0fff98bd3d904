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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;
import org.physionet.provisioner.engine.store.RunId;

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

    @Test
    void nothingOfTheWritersIsRecordedUnderALeaseThatWasLost() {
        Lease lease = stalled.acquire(NAME, "a", TERM, minutes(20)).orElseThrow();
        takeOver();
        List<String> told = Sample.types(successor);
        Places places = new Places(Sample.documents("p-1"), new TreeMap<>(Map.of(BOB, "p-1")));

        refused(() -> stalled.place(BUCKET, places, lease));
        refused(() -> stalled.upkeep(RUN, minutes(26), BUCKET, "policy", "renews", null, lease));
        refused(() ->
                stalled.intend(RUN, minutes(26), BUCKET, "policy", List.of(grant(BOB_GOOGLE, holding(BOB))), lease));
        assertThat(Sample.types(successor)).isEqualTo(told);
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

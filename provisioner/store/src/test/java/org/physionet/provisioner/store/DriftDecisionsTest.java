package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.minutes;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.DriftDecisions.Choice;
import org.physionet.provisioner.engine.store.DriftDecisions.Decided;
import org.physionet.provisioner.store.ledger.LedgerExport.People;
import org.physionet.provisioner.store.state.Restoration;

/** What persons decided about drift is kept, told, and comes back with the ledger. */
@ParameterizedClass
@EnumSource(Backend.class)
class DriftDecisionsTest {
    @Parameter
    Backend backend;

    private SqlStore store;

    @BeforeEach
    void open() {
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Decided decided(
            String finding, Choice choice, @Nullable String principal, @Nullable Instant until, Instant at) {
        return new Decided(
                finding,
                "extra",
                BUCKET,
                principal,
                choice,
                List.of("unknown_principal", "stands there twice"),
                "0f",
                until,
                "root@host",
                "a test of the curator's",
                at);
    }

    private List<String> ignored(Instant at) {
        return store.decisions().ignored(at).stream().map(Decided::finding).toList();
    }

    @Test
    void whatIsIgnoredComesBackAsItWasDecidedUntilItsDateHasPassed() {
        Decided always = decided("a", Choice.IGNORE, "user:stranger@gmail.com", null, minutes(1));
        Decided untilThen = decided("b", Choice.IGNORE, null, minutes(10), minutes(2));
        store.decisions().decide(always);
        store.decisions().decide(untilThen);
        assertThat(store.decisions().ignored(minutes(10))).containsExactly(always, untilThen);
        assertThat(ignored(minutes(10).plusMillis(1))).containsExactly("a");
    }

    @Test
    void aLaterDecisionAboutTheSameFindingTakesThePlaceOfTheEarlier() {
        store.decisions().decide(decided("a", Choice.IGNORE, null, null, minutes(1)));
        store.decisions().decide(decided("b", Choice.IGNORE, null, null, minutes(1)));
        store.decisions().decide(decided("a", Choice.REMOVE, null, null, minutes(1)));
        assertThat(ignored(minutes(2))).containsExactly("b");
        store.decisions().decide(decided("a", Choice.IGNORE, null, minutes(9), minutes(3)));
        assertThat(ignored(minutes(4))).containsExactly("b", "a");
    }

    @Test
    void theLedgerTellsWhoDecidedWhatAboutWhatAndWhy() {
        store.decisions().decide(decided("a", Choice.ADOPT, "user:stranger@gmail.com", null, minutes(1)));
        assertThat(store.answers().events(new EventFilter(null, null, "drift_decided", null, null, 1, 10)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actor()).isEqualTo("root@host");
                    assertThat(event.readable())
                            .contains(
                                    "adopt", BUCKET.text(), "user:stranger@gmail.com", "unknown_principal", "curator");
                    assertThat(event.payload()).doesNotContain("stranger", "curator");
                });
    }

    @Test
    void aRecordThatIsRestoredFromTheLedgerStillIgnoresWhatWasIgnored() {
        Decided decision = decided("a", Choice.IGNORE, "user:stranger@gmail.com", minutes(90), minutes(1));
        store.decisions().decide(decision);
        store.decisions().decide(decided("b", Choice.REMOVE, null, null, minutes(2)));
        StringBuilder ledger = new StringBuilder();
        store.ledger().export(ledger, People.NAMED, null);
        try (SqlStore fresh = backend.open()) {
            fresh.ledger()
                    .restore(
                            () -> ledger.toString().lines().iterator(),
                            null,
                            new Restoration.People(List.of(), List.of()),
                            "root@host",
                            minutes(30));
            assertThat(fresh.decisions().ignored(minutes(31))).containsExactly(decision);
        }
    }
}

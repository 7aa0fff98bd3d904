package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.MIMIC;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.minutes;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.Hold.Waiver;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.store.AccessQueries.HoldHistory;

@ParameterizedClass
@EnumSource(Backend.class)
class HoldsTest {
    private static final Instant ODD = Instant.parse("2027-05-01T01:02:03.456789Z");

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

    @Test
    void every_kind_of_hold_comes_back_as_it_was_made() {
        Principal aws = new Principal("aws", "AIDAEXAMPLE12345", "AIDAEXAMPLE12345");
        List<Hold> holds = List.of(
                new Block(
                        new HoldId("h1"),
                        new Target.Person(ADA, new TreeSet<>(Set.of(ADA_GOOGLE, aws))),
                        "root@host",
                        "left „the\" institution\n…",
                        ODD,
                        "leavers"),
                new Block(
                        new HoldId("h2"),
                        new Target.PersonAtDataset(BOB, MIMIC, new TreeSet<>()),
                        "root@host",
                        "r",
                        ODD,
                        null),
                new Block(new HoldId("h3"), new Target.Identity(aws), "eve@host", "leaked key", ODD, null),
                new Block(new HoldId("h4"), new Target.WholeDataset(MIMIC), "root@host", "", ODD, null),
                new AccessException(
                        new HoldId("h5"),
                        ADA,
                        MIMIC,
                        ODD,
                        Set.of(
                                new Waiver(Reason.TRAINING_EXPIRED, new TrainingTypeId("1")),
                                new Waiver(Reason.TRAINING_EXPIRED, new TrainingTypeId("2")),
                                new Waiver(Reason.DUA_UNSIGNED, null)),
                        "root@host",
                        "course",
                        ODD,
                        "course-2026"));
        holds.forEach(store::addHold);
        assertThat(store.view().holds()).isEqualTo(holds);

        assertThat(store.liftHold(new HoldId("h1"), "bob@host", "came back", minutes(5)))
                .isTrue();
        assertThat(store.liftHold(new HoldId("h1"), "bob@host", "again", minutes(6)))
                .isFalse();
        assertThat(store.liftHold(new HoldId("h9"), "bob@host", "no such", minutes(6)))
                .isFalse();
        assertThat(store.view().holds()).isEqualTo(holds.subList(1, 5));
        assertThat(store.answers().holdHistory())
                .containsExactly(
                        new HoldHistory(holds.get(4), null, null, null),
                        new HoldHistory(holds.get(3), null, null, null),
                        new HoldHistory(holds.get(2), null, null, null),
                        new HoldHistory(holds.get(1), null, null, null),
                        new HoldHistory(holds.get(0), minutes(5), "bob@host", "came back"));
    }

    @Test
    void a_hold_is_recorded_once() {
        Hold hold = new Block(new HoldId("h1"), new Target.WholeDataset(MIMIC), "root@host", "why", NOON, null);
        store.addHold(hold);
        assertThatThrownBy(() -> store.addHold(hold))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("h1");
        assertThat(Sample.types(store)).containsOnlyOnce("hold_added");
    }

    @Test
    void holds_are_unknown_from_when_it_is_said_until_they_are_complete() {
        store.holdsAreUnknown("eve@host", "rebuilt from the clouds", NOON);
        assertThat(store.view().holdsUnknown()).isTrue();
        store.holdsAreComplete("eve@host", "there were none", NOON);
        assertThat(store.view().holdsUnknown()).isFalse();
    }
}

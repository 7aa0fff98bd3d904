package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.BOB_GOOGLE;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.RUN;
import static org.physionet.provisioner.store.Sample.grant;
import static org.physionet.provisioner.store.Sample.grantAda;
import static org.physionet.provisioner.store.Sample.holding;
import static org.physionet.provisioner.store.Sample.minutes;
import static org.physionet.provisioner.store.Sample.result;
import static org.physionet.provisioner.store.Sample.revoke;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.State;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.Store.AdoptedEdge;

@ParameterizedClass
@EnumSource(Backend.class)
class EdgeLifeTest {
    @Parameter
    Backend backend;

    private SqlStore store;

    @BeforeEach
    void begin() {
        store = backend.open();
        Sample.begin(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private EdgeRecord only() {
        assertThat(store.view().edges()).hasSize(1);
        return store.view().edges().getFirst();
    }

    @Test
    void an_end_tells_when_it_was_due_and_when_it_was_gone_and_whose_doing_it_was() {
        grantAda(store);
        store.revocationDetected(RUN, minutes(10), BUCKET, List.of(ADA_GOOGLE), null);
        store.intend(RUN, minutes(11), BUCKET, "policy", List.of(revoke(ADA_GOOGLE)));
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.ACCEPTED, minutes(12))));
        assertThat(store.answers().endings(minutes(0))).isEmpty();
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.PROVEN, minutes(13))));

        assertThat(store.answers().endings(minutes(13))).singleElement().satisfies(end -> {
            assertThat(end.principal()).isEqualTo(ADA_GOOGLE);
            assertThat(end.detected()).isEqualTo(minutes(10));
            assertThat(end.gone()).isEqualTo(minutes(13));
            assertThat(end.ours()).isTrue();
        });
        assertThat(store.answers().endings(minutes(14))).isEmpty();
        assertThat(store.answers().endingsOf(List.of(ADA_GOOGLE)))
                .isEqualTo(store.answers().endings(minutes(0)));
        assertThat(store.answers().endingsOf(List.of(BOB_GOOGLE))).isEmpty();
    }

    @Test
    void an_interval_lasts_from_the_intention_to_the_proof_that_it_is_gone_and_knows_on_what_it_rested() {
        grantAda(store);
        store.intend(RUN, minutes(11), BUCKET, "policy", List.of(revoke(ADA_GOOGLE)));
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.PROVEN, minutes(13))));

        assertThat(store.answers().intervals(minutes(0), minutes(60)))
                .singleElement()
                .satisfies(life -> {
                    assertThat(life.resource()).isEqualTo(BUCKET.text());
                    assertThat(life.principal()).isEqualTo(ADA_GOOGLE);
                    assertThat(life.since()).isEqualTo(minutes(0));
                    assertThat(life.until()).isEqualTo(minutes(13));
                    assertThat(life.adopted()).isFalse();
                    assertThat(life.rested()).singleElement().satisfies(on -> {
                        assertThat(on.researcher()).isEqualTo(ADA.value());
                        assertThat(on.dataset()).isEqualTo("mimiciv/3.1");
                        assertThat(on.basis()).isEqualTo("agreement");
                    });
                });
        assertThat(store.answers().intervals(minutes(14), minutes(60))).isEmpty();
    }

    @Test
    void a_grant_is_granting_when_intended_and_granted_since_the_provider_accepted_it() {
        store.intend(RUN, minutes(0), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        assertThat(only())
                .isEqualTo(new EdgeRecord(
                        BUCKET, ADA_GOOGLE, State.GRANTING, false, minutes(0), null, null, List.of(holding(ADA))));

        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.ACCEPTED, minutes(1))));
        assertThat(only())
                .isEqualTo(new EdgeRecord(
                        BUCKET, ADA_GOOGLE, State.GRANTED, false, minutes(1), null, null, List.of(holding(ADA))));

        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.PROVEN, minutes(2))));
        assertThat(only())
                .isEqualTo(new EdgeRecord(
                        BUCKET, ADA_GOOGLE, State.GRANTED, false, minutes(1), minutes(2), null, List.of(holding(ADA))));
    }

    @Test
    void a_refused_grant_leaves_no_edge() {
        store.intend(RUN, minutes(0), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.FAILED, minutes(1))));
        assertThat(store.view().edges()).isEmpty();
        assertThat(store.answers().accessAt(minutes(0), null, null)).isEmpty();
    }

    @Test
    void a_grant_whose_answer_was_lost_counts_from_when_it_was_sent_once_a_read_shows_it() {
        store.intend(RUN, minutes(0), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.UNKNOWN, minutes(1))));
        assertThat(only().state()).isEqualTo(State.GRANTING);

        store.witnessed(RUN, minutes(5), BUCKET, List.of(ADA_GOOGLE), List.of(), null);
        assertThat(only().state()).isEqualTo(State.GRANTED);
        assertThat(only().since()).isEqualTo(minutes(0));
        assertThat(only().provenAt()).isEqualTo(minutes(5));
    }

    @Test
    void a_grant_that_is_sent_again_after_a_crash_counts_from_the_first_time() {
        store.intend(RUN, minutes(0), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        store.intend(RUN, minutes(10), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.ACCEPTED, minutes(11))));
        assertThat(only().since()).isEqualTo(minutes(0));
    }

    @Test
    void a_failed_renewal_takes_nothing_away() {
        grantAda(store);
        store.intend(RUN, minutes(10), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.FAILED, minutes(11))));
        assertThat(only().state()).isEqualTo(State.GRANTED);
        assertThat(only().since()).isEqualTo(minutes(1));
    }

    @Test
    void a_revocation_is_open_until_it_is_proven() {
        grantAda(store);
        store.revocationDetected(RUN, minutes(10), BUCKET, List.of(ADA_GOOGLE), null);
        assertThat(only().state()).isEqualTo(State.GRANTED);
        store.revocationDetected(RUN, minutes(20), BUCKET, List.of(ADA_GOOGLE), null);
        assertThat(only().revokeDetectedAt()).isEqualTo(minutes(10));

        store.intend(RUN, minutes(21), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "dua_unsigned")));
        assertThat(only().state()).isEqualTo(State.REVOKING);
        assertThat(only().revokeDetectedAt()).isEqualTo(minutes(10));
        for (Stage stage : List.of(Stage.ACCEPTED, Stage.UNKNOWN, Stage.FAILED)) {
            store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, stage, minutes(22))));
            assertThat(only().state()).isEqualTo(State.REVOKING);
        }
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.PROVEN, minutes(23))));
        assertThat(store.view().edges()).isEmpty();
    }

    @Test
    void a_revocation_whose_answer_was_lost_ends_when_a_read_shows_that_it_worked() {
        grantAda(store);
        store.intend(RUN, minutes(21), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "dua_unsigned")));
        store.witnessed(RUN, minutes(30), BUCKET, List.of(), List.of(ADA_GOOGLE), null);
        assertThat(store.view().edges()).isEmpty();
        assertThat(store.answers().accessAt(minutes(29), null, null)).hasSize(1);
        assertThat(store.answers().accessAt(minutes(30), null, null)).isEmpty();
    }

    @Test
    void a_revocation_is_off_when_somebody_is_entitled_again() {
        grantAda(store);
        store.revocationDetected(RUN, minutes(10), BUCKET, List.of(ADA_GOOGLE), null);
        store.intend(RUN, minutes(11), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "training_expired")));
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.FAILED, minutes(12))));
        store.hold(RUN, minutes(20), BUCKET, Map.of(ADA_GOOGLE, List.of(holding(ADA))), null);
        assertThat(only())
                .isEqualTo(new EdgeRecord(
                        BUCKET, ADA_GOOGLE, State.GRANTED, false, minutes(1), minutes(2), null, List.of(holding(ADA))));
    }

    @Test
    void a_revocation_of_an_unrecorded_entry_is_recorded_as_one_of_somebody_else() {
        store.intend(RUN, minutes(1), BUCKET, "policy", List.of(revoke(BOB_GOOGLE, "unknown_principal")));
        assertThat(only().adopted()).isTrue();
        assertThat(only().state()).isEqualTo(State.REVOKING);
        store.conclude(RUN, List.of(result(Action.REVOKE, BOB_GOOGLE, Stage.PROVEN, minutes(2))));
        assertThat(store.view().edges()).isEmpty();
    }

    @Test
    void proof_moves_only_when_it_is_older_than_an_hour() {
        grantAda(store);
        int before = Sample.types(store).size();
        store.witnessed(RUN, minutes(62), BUCKET, List.of(ADA_GOOGLE), List.of(), null);
        assertThat(only().provenAt()).isEqualTo(minutes(2));
        assertThat(Sample.types(store)).hasSize(before);
        store.witnessed(RUN, minutes(63), BUCKET, List.of(ADA_GOOGLE), List.of(), null);
        assertThat(only().provenAt()).isEqualTo(minutes(63));
    }

    @Test
    void what_it_rests_on_is_replaced_and_what_stays_the_same_costs_nothing() {
        grantAda(store);
        int before = Sample.types(store).size();
        store.hold(RUN, minutes(10), BUCKET, Map.of(ADA_GOOGLE, List.of(holding(ADA))), null);
        assertThat(Sample.types(store)).hasSize(before);
        store.hold(RUN, minutes(10), BUCKET, Map.of(ADA_GOOGLE, List.of(holding(ADA), holding(BOB))), null);
        assertThat(only().holdings()).containsExactly(holding(ADA), holding(BOB));
        store.hold(RUN, minutes(11), BUCKET, Map.of(ADA_GOOGLE, List.of()), null);
        assertThat(only().holdings()).isEmpty();
    }

    @Test
    void adoption_takes_in_what_is_there_keeps_what_is_known_and_closes_what_is_gone() {
        grantAda(store);
        store.intend(RUN, minutes(5), BUCKET, "policy", List.of(grant(BOB_GOOGLE, holding(BOB))));
        store.conclude(RUN, List.of(result(Action.GRANT, BOB_GOOGLE, Stage.PROVEN, minutes(6))));
        var stranger = Sample.google("stranger@example.org");
        store.adopt(
                RUN,
                minutes(10),
                BUCKET,
                List.of(new AdoptedEdge(ADA_GOOGLE, List.of(holding(ADA))), new AdoptedEdge(stranger, List.of())),
                null);
        assertThat(store.view().edges())
                .containsExactly(
                        new EdgeRecord(
                                BUCKET,
                                ADA_GOOGLE,
                                State.GRANTED,
                                false,
                                minutes(1),
                                minutes(10),
                                null,
                                List.of(holding(ADA))),
                        new EdgeRecord(
                                BUCKET, stranger, State.GRANTED, true, minutes(10), minutes(10), null, List.of()));
        assertThat(store.view().resources().get(BUCKET).adoptedAt()).isEqualTo(minutes(10));
    }

    @Test
    void an_edge_that_was_found_is_taken_in_and_a_recorded_one_is_left_as_it_is() {
        grantAda(store);
        store.found(
                RUN,
                minutes(10),
                BUCKET,
                List.of(new AdoptedEdge(ADA_GOOGLE, List.of()), new AdoptedEdge(BOB_GOOGLE, List.of(holding(BOB)))),
                null);
        assertThat(store.view().edges())
                .containsExactly(
                        new EdgeRecord(
                                BUCKET,
                                ADA_GOOGLE,
                                State.GRANTED,
                                false,
                                minutes(1),
                                minutes(2),
                                null,
                                List.of(holding(ADA))),
                        new EdgeRecord(
                                BUCKET,
                                BOB_GOOGLE,
                                State.GRANTED,
                                true,
                                minutes(10),
                                minutes(10),
                                null,
                                List.of(holding(BOB))));
    }
}

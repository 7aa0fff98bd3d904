package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.BOB_GOOGLE;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.MIMIC;
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
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.AccessQueries.AccessLine;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.Store.AdoptedEdge;

@ParameterizedClass
@EnumSource(Backend.class)
class AccessAtTest {
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

    private static AccessLine ada(java.time.Instant until, java.time.Instant provenAt) {
        return new AccessLine(
                "17",
                "ada",
                "mimiciv/3.1",
                BUCKET.text(),
                "user:ada@example.org",
                minutes(1),
                until,
                "agreement",
                provenAt,
                holding(ADA).expiresAt(),
                false);
    }

    @Test
    void access_begins_when_the_provider_accepts_and_ends_when_it_is_proven_gone() {
        grantAda(store);
        assertThat(store.answers().accessAt(minutes(1).minusNanos(1000), null, null))
                .isEmpty();
        assertThat(store.answers().accessAt(minutes(1), null, null)).containsExactly(ada(null, null));
        assertThat(store.answers().accessAt(minutes(2), null, null)).containsExactly(ada(null, minutes(2)));

        store.intend(RUN, minutes(10), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "dua_unsigned")));
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.ACCEPTED, minutes(11))));
        assertThat(store.answers().accessAt(minutes(11), null, null)).containsExactly(ada(null, minutes(2)));
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.PROVEN, minutes(12))));
        assertThat(store.answers().accessAt(minutes(12).minusNanos(1000), null, null))
                .containsExactly(ada(minutes(12), minutes(2)));
        assertThat(store.answers().accessAt(minutes(12), null, null)).isEmpty();
    }

    @Test
    void a_person_who_comes_back_has_two_times_of_access() {
        grantAda(store);
        store.intend(RUN, minutes(10), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "training_expired")));
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.PROVEN, minutes(12))));
        store.intend(RUN, minutes(20), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.ACCEPTED, minutes(21))));
        assertThat(store.answers().accessAt(minutes(5), ADA, MIMIC))
                .extracting(AccessLine::since)
                .containsExactly(minutes(1));
        assertThat(store.answers().accessAt(minutes(15), ADA, MIMIC)).isEmpty();
        assertThat(store.answers().accessAt(minutes(25), ADA, MIMIC))
                .extracting(AccessLine::since)
                .containsExactly(minutes(21));
    }

    @Test
    void the_basis_is_that_of_the_instant() {
        grantAda(store);
        store.hold(
                RUN,
                minutes(30),
                BUCKET,
                Map.of(ADA_GOOGLE, List.of(new Holding(ADA, MIMIC, Basis.EXCEPTION, minutes(90)))),
                null);
        assertThat(store.answers().accessAt(minutes(29), ADA, null))
                .extracting(AccessLine::basis)
                .containsExactly("agreement");
        assertThat(store.answers().accessAt(minutes(30), ADA, null))
                .extracting(AccessLine::basis)
                .containsExactly("exception");
        assertThat(store.answers().accessAt(minutes(30), ADA, null))
                .extracting(AccessLine::since)
                .containsExactly(minutes(1));
    }

    @Test
    void an_identity_that_two_people_share_gives_a_line_for_each() {
        grantAda(store);
        store.hold(RUN, minutes(5), BUCKET, Map.of(ADA_GOOGLE, List.of(holding(ADA), holding(BOB))), null);
        assertThat(store.answers().accessAt(minutes(5), null, MIMIC))
                .extracting(AccessLine::username)
                .containsExactly("ada", "bob");
        assertThat(store.answers().accessAt(minutes(5), BOB, MIMIC))
                .extracting(AccessLine::username)
                .containsExactly("bob");
    }

    @Test
    void filters_leave_out_other_people_and_other_datasets() {
        grantAda(store);
        assertThat(store.answers().accessAt(minutes(5), BOB, null)).isEmpty();
        assertThat(store.answers().accessAt(minutes(5), new ResearcherId("99"), null))
                .isEmpty();
        assertThat(store.answers().accessAt(minutes(5), null, DatasetId.parse("eicu/2.0")))
                .isEmpty();
        assertThat(store.answers().accessAt(minutes(5), ADA, MIMIC)).hasSize(1);
    }

    @Test
    void an_adopted_edge_that_nobody_is_entitled_to_shows_whose_it_is_and_what_it_opens() {
        Principal stranger = Sample.google("stranger@example.org");
        store.adopt(
                RUN,
                minutes(10),
                BUCKET,
                List.of(new AdoptedEdge(BOB_GOOGLE, List.of()), new AdoptedEdge(stranger, List.of())),
                null);
        AccessLine bob = new AccessLine(
                "18",
                "bob",
                "mimiciv/3.1",
                BUCKET.text(),
                "user:bob@example.org",
                minutes(10),
                null,
                null,
                minutes(10),
                null,
                true);
        AccessLine nobody = new AccessLine(
                null,
                null,
                "mimiciv/3.1",
                BUCKET.text(),
                "user:stranger@example.org",
                minutes(10),
                null,
                null,
                minutes(10),
                null,
                true);
        assertThat(store.answers().accessAt(minutes(10), null, MIMIC)).containsExactly(bob, nobody);
        assertThat(store.answers().accessAt(minutes(10), BOB, null)).containsExactly(bob);
    }

    @Test
    void an_edge_that_somebody_else_removed_ends_when_a_read_misses_it() {
        grantAda(store);
        store.witnessed(RUN, minutes(40), BUCKET, List.of(), List.of(ADA_GOOGLE), null);
        assertThat(store.answers().accessAt(minutes(39), null, null)).containsExactly(ada(minutes(40), minutes(2)));
        assertThat(store.answers().accessAt(minutes(40), null, null)).isEmpty();
    }
}

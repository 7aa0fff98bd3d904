package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.MIMIC;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.RUN;
import static org.physionet.provisioner.store.Sample.grant;
import static org.physionet.provisioner.store.Sample.grantAda;
import static org.physionet.provisioner.store.Sample.holding;
import static org.physionet.provisioner.store.Sample.minutes;
import static org.physionet.provisioner.store.Sample.revoke;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.store.ledger.LedgerExport.People;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.ledger.Verification;

@ParameterizedClass
@EnumSource(Backend.class)
class LedgerTest {
    @Parameter
    Backend backend;

    private StoreConfig config;
    private SqlStore store;

    @BeforeEach
    void begin() {
        config = backend.fresh();
        store = Backend.open(config);
        Sample.begin(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> export(People people) {
        StringBuilder out = new StringBuilder();
        store.ledger().export(out, people, null);
        return out.toString().lines().toList();
    }

    private Verification verify() {
        return LedgerVerifier.verify(export(People.NAMED).iterator(), List.of());
    }

    /** One of everything that can be told. */
    private void live() {
        grantAda(store);
        store.place(
                BUCKET,
                new org.physionet.provisioner.engine.adapter.Places(
                        Sample.documents("policy"), new java.util.TreeMap<>(Map.of(ADA, "policy"))));
        store.addHold(new Block(
                new HoldId("h1"),
                new Target.Person(ADA, new java.util.TreeSet<>(List.of(ADA_GOOGLE))),
                "root@host",
                "Ada Lovelace left",
                NOON,
                "leavers"));
        store.intend(
                RUN, minutes(3), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "blocked", "as Ada Lovelace asked")));
        store.conclude(
                RUN,
                List.of(new EdgeResult(
                        Action.REVOKE, BUCKET, ADA_GOOGLE, Stage.UNKNOWN, minutes(4), "timeout for ada@example.org")));
        store.quarantine(
                RUN,
                List.of(new Quarantined(ADA_GOOGLE, BUCKET, "no such user: ada@example.org", false, 1, NOON, NOON)),
                null);
        store.liftHold(new HoldId("h1"), "eve@host", "Ada Lovelace is back", minutes(5));
    }

    @Test
    void the_intent_stands_before_the_outcome_with_actor_and_run() {
        grantAda(store);
        List<LedgerEvent> events = store.answers().events(new EventFilter(RUN.value(), null, null, null, null, 1, 100));
        assertThat(events).extracting(LedgerEvent::type).containsExactly("run_begun", "intent", "outcome", "outcome");
        assertThat(events).extracting(LedgerEvent::actor).containsOnly("root@host");
        assertThat(events).extracting(LedgerEvent::at).containsExactly(NOON, minutes(0), minutes(1), minutes(2));
    }

    @Test
    void nobody_s_name_address_id_or_words_stand_in_it() {
        live();
        assertThat(export(People.OPAQUE))
                .noneMatch(line -> line.contains("ada@")
                        || line.contains("\"ada\"")
                        || line.contains("Ada")
                        || line.contains("root@host")
                        || line.contains("eve@host")
                        || line.contains("leavers")
                        || line.contains("\"17\""));
    }

    @Test
    void for_people_the_references_are_resolved() {
        live();
        LedgerEvent lifted = store.answers()
                .events(new EventFilter(null, null, "hold_lifted", null, null, 1, 10))
                .getFirst();
        assertThat(lifted.actor()).isEqualTo("eve@host");
        assertThat(lifted.readable()).isEqualTo("{\"hold\":\"h1\",\"reason\":\"Ada Lovelace is back\"}");
        LedgerEvent intent = store.answers()
                .events(new EventFilter(null, null, "intent", null, null, 1, 10))
                .getLast();
        assertThat(intent.readable())
                .isEqualTo(
                        "{\"changes\":[{\"action\":\"revoke\",\"holdings\":[],\"principal\":\"user:ada@example.org\","
                                + "\"reasons\":[\"blocked\",\"as Ada Lovelace asked\"]}],\"document\":\"policy\","
                                + "\"resource\":\"gs://mimiciv-3.1.physionet.org\"}");
    }

    @Test
    void events_are_found_by_person_type_time_and_number() {
        live();
        assertThat(store.answers().events(new EventFilter(null, BOB, null, null, null, 1, 100)))
                .extracting(LedgerEvent::type)
                .containsExactly("people_linked");
        assertThat(store.answers().events(new EventFilter(null, ADA, null, null, null, 1, 100)))
                .extracting(LedgerEvent::type)
                .containsExactly(
                        "people_linked",
                        "intent",
                        "outcome",
                        "outcome",
                        "places_set",
                        "hold_added",
                        "intent",
                        "outcome",
                        "quarantined");
        assertThat(store.answers().events(new EventFilter(null, null, null, minutes(4), minutes(5), 1, 100)))
                .extracting(LedgerEvent::type)
                .doesNotContain("intent", "people_linked")
                .contains("outcome", "hold_lifted");
        List<LedgerEvent> all = store.answers().events(Sample.everything());
        assertThat(all)
                .extracting(LedgerEvent::seq)
                .isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList());
        assertThat(store.answers().events(new EventFilter(null, null, null, null, null, 3, 2)))
                .isEqualTo(all.subList(2, 4));
    }

    @Test
    void an_export_of_everything_that_can_be_told_verifies_with_names_and_without() {
        live();
        Verification named = verify();
        assertThat(named.findings()).isEmpty();
        assertThat(named.records())
                .isEqualTo(store.answers().events(Sample.everything()).size());
        assertThat(named.identities()).isGreaterThan(10);
        Verification opaque = LedgerVerifier.verify(export(People.OPAQUE).iterator(), List.of());
        assertThat(opaque.findings()).isEmpty();
        assertThat(opaque.head()).isEqualTo(named.head());
    }

    @Test
    void a_record_can_neither_be_changed_nor_removed_by_anybody_who_may_write() throws SQLException {
        for (String attack : List.of(
                "update ledger set payload = '{}' where seq = 1",
                "delete from ledger where seq = 1",
                "delete from identity",
                "update identity set commitment = 'x'")) {
            try (var connection = RawConnection.to(config);
                    var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeUpdate(attack))
                        .as(attack)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining(attack.contains("identity") ? "an identity" : "append-only");
            }
        }
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void what_fails_halfway_leaves_neither_state_nor_record() {
        List<String> before = Sample.types(store);
        RunId unknown = new RunId("never-begun");
        assertThatThrownBy(
                        () -> store.intend(unknown, NOON, BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA)))))
                .hasMessageContaining("never-begun");
        assertThat(Sample.types(store)).isEqualTo(before);
        assertThat(store.view().edges()).isEmpty();
        grantAda(store);
        assertThat(store.view().edges()).hasSize(1);
    }

    @org.junit.jupiter.params.ParameterizedTest
    @ValueSource(ints = {1, 2})
    void many_writers_in_several_instances_leave_a_chain_without_gaps(int instances) throws Exception {
        int writers = 8;
        int each = 12;
        List<SqlStore> stores = new ArrayList<>(List.of(store));
        while (stores.size() < instances) {
            stores.add(Backend.open(config));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                SqlStore mine = stores.get(w % instances);
                int writer = w;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        mine.addHold(new Block(
                                new HoldId("h-" + writer + "-" + i),
                                new Target.WholeDataset(MIMIC),
                                "actor" + writer,
                                "reason " + i,
                                NOON,
                                null));
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        assertThat(verify().findings()).isEmpty();
        assertThat(Sample.types(store)).filteredOn("hold_added"::equals).hasSize(writers * each);
        stores.stream().skip(1).forEach(SqlStore::close);
    }
}

package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.BOB_GOOGLE;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.MIMIC;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.RUN;
import static org.physionet.provisioner.store.Sample.documents;
import static org.physionet.provisioner.store.Sample.minutes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.guards.GuardCase.Member;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.SourceCounts;
import org.physionet.provisioner.store.state.Figures;

@ParameterizedClass
@EnumSource(Backend.class)
class RecordViewTest {
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
    void a_new_record_is_empty() {
        assertThat(store.view())
                .isEqualTo(new RecordView(
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new TreeMap<>(),
                        Optional.empty(),
                        false,
                        List.of()));
        assertThat(store.answers().runs(10)).isEmpty();
        assertThat(store.answers().holdHistory()).isEmpty();
        assertThat(store.answers().events(Sample.everything())).isEmpty();
    }

    @Test
    void cases_come_back_with_their_people_until_they_are_closed() {
        Sample.begin(store);
        GuardCase opened = new GuardCase(
                "case-1",
                GuardCase.Kind.REVOCATIONS,
                "training 1: validity none → 1095 days",
                true,
                ODD,
                GuardCase.State.OPEN,
                null,
                new TreeSet<>(List.of(new Member("17", MIMIC), new Member("user:nobody@example.org", MIMIC))),
                new TreeSet<>());
        store.putCases(List.of(opened), List.of(), RUN.value(), "planned", minutes(1));
        assertThat(store.view().cases()).containsExactly(opened);

        GuardCase deferred = new GuardCase(
                "case-1",
                GuardCase.Kind.REVOCATIONS,
                opened.cause(),
                true,
                ODD,
                GuardCase.State.DEFERRED,
                ODD,
                new TreeSet<>(List.of(new Member("user:nobody@example.org", MIMIC))),
                new TreeSet<>(List.of(new Member("17", MIMIC))));
        store.putCases(List.of(deferred), List.of(opened), "eve@host", "one by one", minutes(2));
        assertThat(store.view().cases()).containsExactly(deferred);

        store.putCases(
                List.of(new GuardCase(
                        "case-1",
                        GuardCase.Kind.REVOCATIONS,
                        opened.cause(),
                        true,
                        ODD,
                        GuardCase.State.CLOSED,
                        null,
                        new TreeSet<>(),
                        new TreeSet<>())),
                List.of(deferred),
                RUN.value(),
                "made",
                minutes(3));
        assertThat(store.view().cases()).isEmpty();
        assertThat(store.answers().events(Sample.everything()).stream()
                        .filter(e -> e.type().equals("cases_put"))
                        .map(e -> e.actor()))
                .containsExactly("root@host", "eve@host", "root@host");
    }

    @Test
    void a_principal_is_in_quarantine_once_and_can_come_back() {
        Sample.begin(store);
        Quarantined first =
                new Quarantined(ADA_GOOGLE, BUCKET, "user ada@example.org does not exist", false, 1, NOON, minutes(60));
        Quarantined again = new Quarantined(ADA_GOOGLE, BUCKET, "does not exist", true, 2, NOON, ODD);
        Quarantined bob = new Quarantined(BOB_GOOGLE, new ResourceId("bq://p.d"), "bad", false, 1, NOON, ODD);
        store.quarantine(RUN, List.of(first), null);
        store.quarantine(RUN, List.of(again, bob), null);
        assertThat(store.view().quarantine()).containsExactly(again, bob);
        store.readmit(List.of(ADA_GOOGLE, Sample.google("never@example.org")), RUN.value(), minutes(9), null);
        assertThat(store.view().quarantine()).containsExactly(bob);
        store.quarantine(RUN, List.of(first), null);
        assertThat(store.view().quarantine()).containsExactly(first, bob);
    }

    @Test
    void the_baseline_takes_new_values_and_drops_empty_ones() {
        store.putBaseline(Map.of("training 1", "none", "resource gs://b", "members"), NOON, null);
        store.putBaseline(Map.of("training 1", "1095 days", "resource gs://b", "", "resource gs://c", ""), NOON, null);
        assertThat(store.view().baseline()).isEqualTo(new TreeMap<>(Map.of("training 1", "1095 days")));
        int before = Sample.types(store).size();
        store.putBaseline(Map.of("training 1", "1095 days", "resource gs://b", ""), NOON, null);
        assertThat(Sample.types(store)).hasSize(before);
    }

    @Test
    void the_size_of_the_newest_healthy_snapshot_counts_whenever_it_is_recorded() {
        store.sourceSeen(new SourceCounts(NOON.minusSeconds(60), 10, 20, 30, 40, 50, 60));
        store.sourceSeen(new SourceCounts(NOON, 1, 2, 3, 4, 5, 6));
        store.sourceSeen(new SourceCounts(NOON.minusSeconds(30), 7, 8, 9, 10, 11, 12));
        assertThat(store.view().sourceCounts()).contains(new SourceCounts(NOON, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void a_resource_comes_back_with_its_options_datasets_documents_and_places() {
        store.beginRun(Sample.run(RUN, NOON));
        store.resourceSeen(NOON, Sample.bucket(), true, 7, documents("policy"), null);
        assertThat(store.view().resources().get(BUCKET))
                .isEqualTo(new ResourceRecord(
                        BUCKET,
                        "gcp",
                        "members",
                        Map.of("group", "g@example.org"),
                        new TreeSet<>(Set.of(MIMIC)),
                        true,
                        NOON,
                        null,
                        NOON,
                        7,
                        new Places(documents("policy"), new TreeMap<>())));

        Places places = new Places(documents("p-1", "p-2"), new TreeMap<>(Map.of(ADA, "p-1", BOB, "p-2")));
        store.place(BUCKET, places);
        store.place(BUCKET, new Places(documents(), new TreeMap<>(Map.of(BOB, "p-1"))));
        store.resourceSeen(ODD, Sample.bucket(), true, 0, documents("p-1", "p-2"), null);
        store.adopt(RUN, ODD, BUCKET, List.of(), null);
        assertThat(store.view().resources().get(BUCKET))
                .isEqualTo(new ResourceRecord(
                        BUCKET,
                        "gcp",
                        "members",
                        Map.of("group", "g@example.org"),
                        new TreeSet<>(Set.of(MIMIC)),
                        false,
                        NOON,
                        ODD,
                        ODD,
                        0,
                        places.with(Map.of(BOB, "p-1"))));
    }

    @Test
    void seeing_a_resource_as_it_was_moves_the_moment_and_tells_nothing() {
        store.resourceSeen(NOON, Sample.bucket(), false, 1, documents("policy"), null);
        store.resourceSeen(minutes(15), Sample.bucket(), false, 2, documents("policy"), null);
        assertThat(Sample.types(store)).containsExactly("resource_seen");
        assertThat(store.view().resources().get(BUCKET).observedAt()).isEqualTo(minutes(15));
        assertThat(store.view().resources().get(BUCKET).readers()).isEqualTo(2);
    }

    @Test
    void a_run_comes_back_as_it_began_and_as_it_ended_and_ends_once() {
        RunId run = new RunId("run-7");
        RunRecord begun = new RunRecord(run, "grant", "root@host", "Prof. X", ODD, null, null);
        store.beginRun(begun);
        assertThat(store.answers().run(run)).contains(begun);
        RunRecord.End end = new RunRecord.End(
                ODD.plusSeconds(3),
                5,
                Map.of("storage.buckets.getIamPolicy", 2),
                Map.of("storage.buckets.getIamPolicy", 3),
                Map.of("granted", 1, "quarantined", 1),
                List.of("second problem", "ada@example.org was refused", "second problem"));
        store.finishRun(run, "f00d", end);
        RunRecord ended = new RunRecord(run, "grant", "root@host", "Prof. X", ODD, "f00d", end);
        assertThat(store.answers().run(run)).contains(ended);
        assertThatThrownBy(() -> store.finishRun(run, "f00d", end)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.beginRun(begun)).isInstanceOf(IllegalStateException.class);

        RunRecord later = Sample.run(new RunId("run-8"), ODD.plusSeconds(60));
        store.beginRun(later);
        assertThat(store.answers().runs(10)).containsExactly(later, ended);
        assertThat(store.answers().runs(1)).containsExactly(later);
        assertThat(store.answers().run(new RunId("run-9"))).isEmpty();
    }

    @Test
    void runs_that_carry_decisions_out_are_counted_together_however_many_findings_there_are() {
        for (String finding : List.of("3fa91c07b2de", "9c01de3f2a9b")) {
            store.beginRun(
                    new RunRecord(new RunId("run-" + finding), "drift " + finding, "root@host", null, ODD, null, null));
        }
        assertThat(store.answers().figures(ODD, ODD).runs()).containsExactly(new Figures.RunCount("drift", "none", 2));
    }
}

package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.google;
import static org.physionet.provisioner.store.Sample.minutes;
import static org.physionet.provisioner.store.Sample.researcher;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.model.Principal;

@ParameterizedClass
@EnumSource(Backend.class)
class RememberTest {
    @Parameter
    Backend backend;

    private StoreConfig config;
    private SqlStore store;

    @BeforeEach
    void open() {
        config = backend.fresh();
        store = Backend.open(config);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void accounts_stay_known_when_they_are_no_longer_linked_and_people_when_the_source_forgets_them() {
        Principal old = google("ada@old.example.org");
        store.remember(NOON, List.of(researcher(ADA, "ada"), researcher(BOB, "bob")), Map.of(ADA, List.of(old)));
        store.remember(minutes(1), List.of(researcher(ADA, "ada")), Map.of(ADA, List.of(ADA_GOOGLE)));
        store.remember(minutes(2), List.of(), Map.of());
        assertThat(store.view().identities()).isEqualTo(Map.of(ADA, new TreeSet<>(Set.of(old, ADA_GOOGLE))));
        assertThat(store.view().usernames()).isEqualTo(Map.of(ADA, "ada", BOB, "bob"));
    }

    @Test
    void other_names_stay_known_and_the_latest_holder_of_a_name_counts() {
        Principal id = new Principal("aws", "AIDAADAEXAMPLE000001", "AIDAADAEXAMPLE000001");
        Principal next = new Principal("aws", "AIDAADAEXAMPLE000002", "AIDAADAEXAMPLE000002");
        Principal arn =
                new Principal("aws", "arn:aws:iam::123456789012:user/ada", "arn:aws:iam::123456789012:user/ada");
        store.rememberNames(NOON, Map.of(arn, id));
        store.rememberNames(minutes(1), Map.of());
        assertThat(store.view().otherNames()).isEqualTo(Map.of(arn, id));

        store.rememberNames(minutes(2), Map.of(arn, next));
        store.rememberNames(minutes(3), Map.of(arn, next));
        assertThat(store.view().otherNames()).isEqualTo(Map.of(arn, next));
        assertThat(Sample.types(store)).filteredOn("people_linked"::equals).hasSize(2);
    }

    @Test
    void a_new_username_replaces_the_old_one() {
        store.remember(NOON, List.of(researcher(ADA, "ada")), Map.of());
        store.remember(minutes(1), List.of(researcher(ADA, "lovelace")), Map.of());
        assertThat(store.view().usernames()).isEqualTo(Map.of(ADA, "lovelace"));
    }

    @Test
    void an_account_can_be_unlinked_and_linked_again_at_the_same_instant() {
        for (List<Principal> links : List.of(List.of(ADA_GOOGLE), List.<Principal>of(), List.of(ADA_GOOGLE))) {
            store.remember(NOON, List.of(researcher(ADA, "ada")), Map.of(ADA, links));
        }
        assertThat(store.view().identities().get(ADA)).containsExactly(ADA_GOOGLE);
    }

    @Test
    void nothing_is_written_when_nothing_changed() {
        Map<org.physionet.provisioner.engine.model.ResearcherId, List<Principal>> links =
                Map.of(ADA, List.of(ADA_GOOGLE, ADA_GOOGLE));
        store.remember(NOON, List.of(researcher(ADA, "ada")), links);
        List<String> before = Sample.types(store);
        store.remember(minutes(1), List.of(researcher(ADA, "ada")), links);
        assertThat(Sample.types(store)).isEqualTo(before);
    }

    @Test
    void the_source_s_new_spelling_of_the_same_account_is_taken_over() {
        Principal respelled = new Principal("google", ADA_GOOGLE.key(), "user:Ada@Example.org");
        store.remember(NOON, List.of(researcher(ADA, "ada")), Map.of(ADA, List.of(ADA_GOOGLE)));
        store.remember(minutes(1), List.of(researcher(ADA, "ada")), Map.of(ADA, List.of(respelled)));
        assertThat(store.view().identities().get(ADA))
                .extracting(Principal::text)
                .containsExactly("user:Ada@Example.org");
    }

    @Test
    void two_people_who_spell_one_account_differently_do_not_change_it_in_every_run() {
        Principal respelled = new Principal("google", ADA_GOOGLE.key(), "user:Ada@Example.org");
        var people = List.of(researcher(ADA, "ada"), researcher(BOB, "bob"));
        var links = Map.of(ADA, List.of(ADA_GOOGLE), BOB, List.of(respelled));
        store.remember(NOON, people, links);
        List<String> before = Sample.types(store);
        store.remember(minutes(1), people, links);
        store.remember(minutes(2), people.reversed(), links);
        assertThat(Sample.types(store)).isEqualTo(before);
    }

    @Test
    void two_instances_that_remember_the_same_new_people_at_once_record_them_once() throws Exception {
        try (SqlStore other = Backend.open(config);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> done = java.util.stream.Stream.of(store, other, store, other)
                    .<Future<?>>map(instance -> threads.submit(() -> {
                        start.await();
                        instance.remember(NOON, List.of(researcher(ADA, "ada")), Map.of(ADA, List.of(ADA_GOOGLE)));
                        return true;
                    }))
                    .toList();
            start.countDown();
            for (Future<?> one : done) {
                one.get();
            }
        }
        assertThat(Sample.types(store)).containsOnlyOnce("people_linked");
        assertThat(store.view().identities()).isEqualTo(Map.of(ADA, new TreeSet<>(Set.of(ADA_GOOGLE))));
    }
}

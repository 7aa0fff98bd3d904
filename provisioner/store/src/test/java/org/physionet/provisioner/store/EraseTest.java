package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.RUN;
import static org.physionet.provisioner.store.Sample.grantAda;
import static org.physionet.provisioner.store.Sample.minutes;
import static org.physionet.provisioner.store.Sample.result;
import static org.physionet.provisioner.store.Sample.revoke;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.AccessQueries.AccessLine;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.ledger.LedgerExport.People;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.people.Erasure.KnownIdentity;

@ParameterizedClass
@EnumSource(Backend.class)
class EraseTest {
    @Parameter
    Backend backend;

    private StoreConfig config;
    private SqlStore store;

    @BeforeEach
    void begin() {
        config = backend.fresh();
        store = Backend.open(config);
        Sample.begin(store);
        grantAda(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void revokeAda() {
        store.intend(RUN, minutes(10), BUCKET, "policy", List.of(revoke(ADA_GOOGLE, "left_source")));
        store.conclude(RUN, List.of(result(Action.REVOKE, ADA_GOOGLE, Stage.PROVEN, minutes(11))));
    }

    private void eraseAda() {
        assertThat(store.decisions().erase(ADA, "root@host", "asked for it", minutes(20)))
                .hasSize(3);
    }

    private String export() {
        StringBuilder out = new StringBuilder();
        store.ledger().export(out, People.NAMED, null);
        return out.toString();
    }

    @Test
    void everything_by_which_a_person_is_known_can_be_listed() {
        assertThat(store.decisions().identitiesOf(ADA))
                .extracting(KnownIdentity::text)
                .containsExactlyInAnyOrder("17", "ada", "user:ada@example.org");
    }

    @Test
    void after_erasure_the_past_is_there_without_the_person_and_the_chain_still_holds() {
        revokeAda();
        eraseAda();
        assertThat(store.decisions().identitiesOf(ADA)).isEmpty();
        assertThat(store.view().identities()).containsOnlyKeys(BOB);
        assertThat(store.view().usernames()).containsOnlyKeys(BOB);
        assertThat(store.answers().accessAt(minutes(5), null, null))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.principal()).isEqualTo("(erased)");
                    assertThat(line.username()).isNull();
                    assertThat(line.researcher()).isNull();
                    assertThat(line.since()).isEqualTo(minutes(1));
                })
                .extracting(AccessLine::dataset)
                .isEqualTo("mimiciv/3.1");
        assertThat(export()).doesNotContain("ada@example.org", "\"17\"", "\"ada\"");
        assertThat(LedgerVerifier.verify(export().lines().iterator(), List.of()).findings())
                .isEmpty();
        assertThat(store.answers().events(Sample.everything()))
                .allSatisfy(e -> assertThat(e.readable()).doesNotContain("ada@example.org"));
        assertThat(Sample.types(store)).filteredOn("erased"::equals).hasSize(3);
    }

    @Test
    void what_is_erased_can_not_be_read_from_the_file_s_unused_pages() throws Exception {
        assumeTrue(config instanceof StoreConfig.Embedded, "a server reclaims such pages by itself (vacuum)");
        Path file = ((StoreConfig.Embedded) config).file();
        revokeAda();
        assertThat(bytesAfterClosing(file)).contains("ada@example.org");
        store = Backend.open(config);
        eraseAda();
        assertThat(bytesAfterClosing(file)).doesNotContain("ada@example.org");
        store = Backend.open(config);
    }

    private String bytesAfterClosing(Path file) throws IOException {
        store.close();
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void only_what_is_there_can_be_erased_and_once() {
        revokeAda();
        eraseAda();
        List<String> before = Sample.types(store);
        assertThat(store.decisions().erase(ADA, "root@host", "again", minutes(21)))
                .isEmpty();
        assertThat(store.decisions().erase(new ResearcherId("nobody"), "root@host", "nobody", minutes(21)))
                .isEmpty();
        assertThat(Sample.types(store)).isEqualTo(before);
    }

    private void isKept(String why) {
        List<String> before = Sample.types(store);
        assertThatThrownBy(() -> store.decisions().erase(ADA, "root@host", "asked", minutes(20)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
        assertThat(Sample.types(store)).isEqualTo(before);
        assertThat(store.decisions().identitiesOf(ADA)).hasSize(3);
    }

    @Test
    void while_an_edge_is_not_proven_gone_nothing_of_the_person_is_erased() {
        isKept("not proven gone");
        revokeAda();
        eraseAda();
    }

    @Test
    void a_person_whom_a_hold_keeps_out_can_not_be_erased() {
        revokeAda();
        store.addHold(new Block(
                new HoldId("h1"),
                new Target.Person(ADA, new TreeSet<>(List.of(ADA_GOOGLE))),
                "root@host",
                "abuse",
                NOON,
                null));
        isKept("hold");
    }

    @Test
    void who_comes_back_after_erasure_is_somebody_new() {
        revokeAda();
        eraseAda();
        store.remember(minutes(30), List.of(Sample.researcher(ADA, "ada")), Map.of(ADA, List.of(ADA_GOOGLE)));
        assertThat(store.view().identities().get(ADA)).containsExactly(ADA_GOOGLE);
        assertThat(store.answers().accessAt(minutes(5), ADA, null)).isEmpty();
    }
}

package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.MIMIC;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.RUN;
import static org.physionet.provisioner.store.Sample.minutes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.store.ledger.KeyFile;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.state.Proposals.Proposal;
import org.physionet.provisioner.store.state.Proposals.Proposer;
import org.physionet.provisioner.store.state.Restoration;

/** What guards held, what was released of it, and what waits for a second person, after the database is lost. */
class RestoredCasesTest {
    private static final Proposal EVES = new Proposal("eve", "eve@desk", "digest of bob");

    @TempDir
    static Path folder;

    private static Signer key;

    @BeforeAll
    static void key() throws Exception {
        key = KeyFile.create(folder.resolve("key"));
    }

    /** Ada is released, Bob is held. */
    private static GuardCase adaReleased() {
        return guardCase(new TreeSet<>(List.of(member(BOB.value()))), new TreeSet<>(List.of(member(ADA.value()))));
    }

    private static GuardCase bothReleased() {
        return guardCase(new TreeSet<>(), new TreeSet<>(List.of(member(ADA.value()), member(BOB.value()))));
    }

    private static GuardCase.Member member(String person) {
        return new GuardCase.Member(person, MIMIC);
    }

    private static GuardCase guardCase(TreeSet<GuardCase.Member> members, TreeSet<GuardCase.Member> released) {
        return new GuardCase(
                "case-1",
                GuardCase.Kind.REVOCATIONS,
                "training 1: validity none → 1095 days",
                true,
                minutes(3),
                GuardCase.State.OPEN,
                null,
                members,
                released);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void casesComeBackWithWhatWasReleasedAndTheFactsThatTheirCausesAreToldFrom(Backend backend) {
        try (SqlStore store = Backend.SQLITE.open();
                SqlStore empty = backend.open()) {
            Sample.begin(store);
            GuardCase closed = new GuardCase(
                    "case-2",
                    GuardCase.Kind.ADMISSIONS,
                    "catalog",
                    false,
                    minutes(3),
                    GuardCase.State.CLOSED,
                    minutes(4),
                    new TreeSet<>(),
                    new TreeSet<>());
            store.putCases(List.of(adaReleased(), closed), List.of(), "root@host", "looked at", minutes(4));
            store.putBaseline(Map.of("training/1", "none", "rules", "deny"), minutes(4), null);
            store.putBaseline(Map.of("rules", ""), minutes(5), null);
            Restoring.restore(empty, Restoring.published(store, key), Tags.of(key), Restoring.EVERYBODY);
            assertThat(empty.view().cases()).containsExactly(adaReleased());
            assertThat(empty.view().baseline()).containsExactly(Map.entry("training/1", "none"));
            assertThat(Restoring.verify(empty, key).findings()).isEmpty();
        }
    }

    /** Eve proposed to release Bob as well. */
    private static SqlStore proposed() {
        SqlStore store = Backend.SQLITE.open();
        Sample.begin(store);
        store.putCases(List.of(adaReleased()), List.of(), "root@host", "looked at", minutes(4));
        store.decisions().propose("case-1", EVES, "they renewed", minutes(5));
        store.putCases(List.of(adaReleased()), List.of(adaReleased()), RUN.value(), "planned", minutes(6));
        return store;
    }

    private static Proposal waiting(SqlStore store) {
        return store.decisions().proposal("case-1").orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void fromAnExportWithNamesAReleaseThatWaitsForASecondPersonWaitsOn(Backend backend) {
        try (SqlStore store = proposed();
                SqlStore named = backend.open()) {
            Restoration.People nobody = new Restoration.People(List.of(), List.of());
            Restoring.restore(named, Restoring.exported(store, LedgerExport.People.NAMED, null), null, nobody);
            assertThat(waiting(named)).isEqualTo(EVES);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void fromPartsThatNameNobodyItWaitsOnAndIsNotTheFirstOnesToConfirm(Backend backend) {
        try (SqlStore store = proposed();
                SqlStore opaque = backend.open()) {
            Restoring.restore(opaque, Restoring.published(store, key), Tags.of(key), Restoring.EVERYBODY);
            Proposal back = waiting(opaque);
            assertThat(back.members()).isEqualTo(EVES.members());
            assertThat(back.proposer()).doesNotContain("eve");
            assertThat(back.by("eve", Tags.of(key))).isEqualTo(Proposer.THIS);
            assertThat(back.by("bo", Tags.of(key))).isEqualTo(Proposer.ANOTHER);
            assertThat(back.by("bo", null)).isEqualTo(Proposer.NOT_KNOWN);
            assertThat(opaque.decisions().confirmed(bothReleased(), adaReleased(), "bo@desk", "yes", minutes(40)))
                    .isTrue();
            assertThat(opaque.decisions().proposal("case-1")).isEmpty();
            assertThat(Restoring.verify(opaque, key).findings()).isEmpty();
        }
    }

    @Test
    void whatASecondPersonConfirmedDoesNotWaitAgain() {
        try (SqlStore store = proposed();
                SqlStore empty = Backend.SQLITE.open()) {
            store.decisions().confirmed(bothReleased(), adaReleased(), "bo@desk", "yes", minutes(7));
            Restoring.restore(empty, Restoring.published(store, key), Tags.of(key), Restoring.EVERYBODY);
            assertThat(empty.view().cases()).containsExactly(bothReleased());
            assertThat(empty.decisions().proposal("case-1")).isEqualTo(Optional.empty());
        }
    }

    @Test
    void withAnotherKeyNobodyKnowsWhoseItWasAndSoNobodyConfirmsIt() throws Exception {
        Signer next = KeyFile.create(folder.resolve("next"));
        try (SqlStore store = proposed();
                SqlStore empty = Backend.SQLITE.open()) {
            Restoring.restore(empty, Restoring.published(store, key), Tags.of(key), Restoring.EVERYBODY);
            assertThat(waiting(empty).by("bo", Tags.of(next))).isEqualTo(Proposer.NOT_KNOWN);
            empty.decisions().propose("case-1", new Proposal("bo", "bo@desk", EVES.members()), "again", NOON);
            assertThat(waiting(empty).by("bo", Tags.of(next))).isEqualTo(Proposer.THIS);
        }
    }
}

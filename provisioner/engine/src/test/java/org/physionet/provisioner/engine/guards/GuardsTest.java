package org.physionet.provisioner.engine.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.guards.GuardCase.Kind;
import org.physionet.provisioner.engine.guards.GuardCase.Member;
import org.physionet.provisioner.engine.guards.GuardCase.State;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResourceId;

class GuardsTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final DatasetId MIMIC = new DatasetId("mimiciv", "3.1");
    private static final DatasetId EICU = new DatasetId("eicu-crd", "2.0");
    private static final GuardLimits LIMITS = new GuardLimits(10, 5, 10, 10, 2);
    private static final Cause VALIDITY = Cause.ofFact("training/1", "training 1: validity none → 1095 days");
    private static final Cause CREDENTIAL = Cause.ofPeople("not_credentialed");

    private static List<Claim> claims(Kind kind, Cause cause, DatasetId dataset, int from, int count) {
        List<Claim> claims = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            claims.add(new Claim(kind, new Member("r" + i, dataset), new ResourceId("gs://" + dataset.slug()), cause));
        }
        return claims;
    }

    private static List<Claim> losing(Cause cause, DatasetId dataset, int from, int count) {
        return claims(Kind.REVOCATIONS, cause, dataset, from, count);
    }

    private static Guards.Verdict judge(List<Claim> claims, int holders, GuardCase... open) {
        return new Guards(LIMITS, Map.of(MIMIC, holders, EICU, holders), List.of(open), NOW).judge(claims, true);
    }

    @SafeVarargs
    private static List<Claim> together(List<Claim>... parts) {
        List<Claim> all = new ArrayList<>();
        for (List<Claim> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @Test
    void aFewRevocationsGoOn() {
        assertThat(judge(losing(CREDENTIAL, MIMIC, 0, 10), 1000).caseOf()).isEmpty();
    }

    @Test
    void oneMoreThanTheLimitIsHeldAsACaseWithItsCauseAndPeople() {
        Guards.Verdict verdict = judge(losing(VALIDITY, MIMIC, 0, 11), 1000);
        assertThat(verdict.caseOf()).hasSize(11);
        assertThat(verdict.cases()).singleElement().satisfies(c -> {
            assertThat(c.cause()).isEqualTo("training 1: validity none → 1095 days");
            assertThat(c.people()).isEqualTo(11);
            assertThat(c.state()).isEqualTo(State.OPEN);
            assertThat(verdict.opened()).containsExactly(c.id());
        });
    }

    @Test
    void peopleAreCountedNotEdges() {
        List<Claim> sameTenTwice = together(losing(CREDENTIAL, MIMIC, 0, 10), losing(CREDENTIAL, EICU, 0, 10));
        assertThat(judge(sameTenTwice, 1000).caseOf()).isEmpty();
    }

    @Test
    void anOrdinaryRevocationGoesOnBesideALargeAccident() {
        List<Claim> ordinary = losing(CREDENTIAL, EICU, 5000, 3);
        Guards.Verdict verdict = judge(together(losing(VALIDITY, MIMIC, 0, 4000), ordinary), 10000);
        assertThat(verdict.caseOf()).hasSize(4000).doesNotContainKeys(ordinary.toArray(Claim[]::new));
    }

    @Test
    void aTwentiethPartOfADatasetsHoldersIsTheMostFromTwentyHoldersUp() {
        assertThat(judge(losing(CREDENTIAL, MIMIC, 0, 2), 19).caseOf()).isEmpty();
        assertThat(judge(losing(CREDENTIAL, MIMIC, 0, 1), 20).caseOf()).isEmpty();
        assertThat(judge(losing(CREDENTIAL, MIMIC, 0, 2), 20).caseOf()).hasSize(2);
    }

    @Test
    void aHeldCaseIsNotCountedAgainAndDoesNotOpenTwice() {
        List<Claim> accident = losing(CREDENTIAL, MIMIC, 0, 11);
        GuardCase open = judge(accident, 1000).cases().getFirst();
        List<Claim> ordinary = losing(CREDENTIAL, MIMIC, 100, 10);
        Guards.Verdict next = judge(together(accident, ordinary), 1000, open);
        assertThat(next.caseOf()).hasSize(11).doesNotContainKeys(ordinary.toArray(Claim[]::new));
        assertThat(next.opened()).isEmpty();
        assertThat(next.cases()).as("nothing about the case changed").isEmpty();
    }

    @Test
    void whoeverALaterRunFindsForAChangedRequirementJoinsItsCase() {
        GuardCase open = judge(losing(VALIDITY, MIMIC, 0, 11), 1000).cases().getFirst();
        Guards.Verdict next = judge(losing(VALIDITY, MIMIC, 0, 12), 1000, open);
        assertThat(next.caseOf()).hasSize(12);
        assertThat(next.cases()).singleElement().satisfies(c -> {
            assertThat(c.id()).isEqualTo(open.id());
            assertThat(c.people()).isEqualTo(12);
        });
        assertThat(next.opened()).isEmpty();
    }

    @Test
    void whatAPersonReleasedGoesOnOnceAndTheCaseClosesWhenItIsDone() {
        List<Claim> accident = losing(VALIDITY, MIMIC, 0, 11);
        GuardCase open = judge(accident, 1000).cases().getFirst();
        GuardCase released = new GuardCase(
                open.id(),
                open.kind(),
                open.cause(),
                open.systemic(),
                open.openedAt(),
                State.OPEN,
                null,
                new TreeSet<>(),
                open.members());
        assertThat(judge(accident, 1000, released).caseOf()).isEmpty();
        assertThat(judge(List.of(), 1000, released).cases())
                .singleElement()
                .extracting(GuardCase::state)
                .isEqualTo(State.CLOSED);
    }

    @Test
    void aCaseWhoseChangesAreNoLongerPlannedCloses() {
        GuardCase open = judge(losing(VALIDITY, MIMIC, 0, 11), 1000).cases().getFirst();
        assertThat(judge(List.of(), 1000, open).cases())
                .singleElement()
                .extracting(GuardCase::state)
                .isEqualTo(State.CLOSED);
    }

    @Test
    void graceHoldsUntilItsDateAndThenTheChangesAreMade() {
        List<Claim> accident = losing(VALIDITY, MIMIC, 0, 11);
        GuardCase open = judge(accident, 1000).cases().getFirst();
        assertThat(judge(accident, 1000, deferred(open, NOW.plus(Duration.ofDays(1))))
                        .caseOf())
                .hasSize(11);
        assertThat(judge(accident, 1000, deferred(open, NOW.minus(Duration.ofDays(1))))
                        .caseOf())
                .isEmpty();
    }

    private static GuardCase deferred(GuardCase open, Instant until) {
        return new GuardCase(
                open.id(),
                open.kind(),
                open.cause(),
                open.systemic(),
                open.openedAt(),
                State.DEFERRED,
                until,
                open.members(),
                open.released());
    }

    @Test
    void aChangedRequirementMayAdmitOnlySoManyIntoAResourceThatHasHolders() {
        Cause emptied = Cause.ofFact("dataset/mimiciv/3.1/requirement", "mimiciv/3.1: requirement …");
        assertThat(judge(claims(Kind.ADMISSIONS, emptied, MIMIC, 0, 10), 1000).caseOf())
                .isEmpty();
        assertThat(judge(claims(Kind.ADMISSIONS, emptied, MIMIC, 0, 11), 1000).caseOf())
                .hasSize(11);
    }

    @Test
    void aPlanOfAPartLeavesTheRestOfACaseAlone() {
        GuardCase open = judge(losing(VALIDITY, MIMIC, 0, 11), 1000).cases().getFirst();
        Guards.Verdict part =
                new Guards(LIMITS, Map.of(), List.of(open), NOW).judge(losing(VALIDITY, MIMIC, 0, 1), false);
        assertThat(part.caseOf()).hasSize(1);
        assertThat(part.cases()).isEmpty();
    }
}

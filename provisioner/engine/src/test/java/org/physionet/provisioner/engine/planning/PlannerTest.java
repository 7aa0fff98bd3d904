package org.physionet.provisioner.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.engine.planning.Sketch.NOW;
import static org.physionet.provisioner.engine.planning.Sketch.id;
import static org.physionet.provisioner.engine.planning.Sketch.p;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Mode;

class PlannerTest {
    private static List<String> changes(Plan plan) {
        return plan.changes().stream().map(PlannerTest::text).toList();
    }

    private static List<String> wouldChange(Plan plan) {
        return plan.resources().getFirst().wouldChange().stream()
                .map(PlannerTest::text)
                .toList();
    }

    private static String text(Change c) {
        return c.action().text() + " " + c.principal() + (c.reasons().isEmpty() ? "" : " " + c.reasons());
    }

    private static Hold block(int person) {
        return new Hold.Block(
                new HoldId("hold-1"), new Hold.Target.Person(id(person), new TreeSet<>()), "admin", "why", NOW, null);
    }

    @Test
    void theEntitledAreGrantedAndTheRestIsRevokedRevocationsFirst() {
        Plan plan = new Sketch()
                .person(1, true, "ada")
                .person(2, false, "bob")
                .live("bob", "stranger")
                .plan();
        assertThat(changes(plan))
                .containsExactly("revoke bob [dua_unsigned]", "revoke stranger [unknown_principal]", "grant ada");
    }

    @Test
    void samePlanFromTheSameSituationByteForByte() {
        Sketch sketch =
                new Sketch().person(1, true, "ada").person(2, false, "bob").live("bob");
        assertThat(sketch.plan()).isEqualTo(sketch.plan());
        assertThat(sketch.plan().fingerprint())
                .hasSize(64)
                .isEqualTo(sketch.plan().fingerprint());
    }

    @Test
    void whoIsInAndEntitledIsKeptWithoutAChange() {
        Plan plan = new Sketch().person(1, true, "ada").live("ada").plan();
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.kept()).isEqualTo(1);
    }

    @Test
    void observeChangesNothingAndSaysWhatItWould() {
        Sketch sketch = new Sketch().person(1, true, "ada").live("stranger");
        sketch.mode = Mode.OBSERVE;
        assertThat(changes(sketch.plan())).isEmpty();
        assertThat(wouldChange(sketch.plan())).containsExactly("revoke stranger [unknown_principal]", "grant ada");
    }

    @Test
    void grantAddsAndRemovesOnlyTheBlockedAndItsOwn() {
        Sketch sketch = new Sketch()
                .person(1, true, "ada")
                .person(2, false, "ours")
                .person(3, false, "adopted")
                .person(4, true, "blocked")
                .live("ours", "adopted", "blocked", "stranger")
                .recorded("ours", 2, false, null)
                .recorded("adopted", 3, true, null)
                .hold(block(4));
        sketch.mode = Mode.GRANT;
        assertThat(changes(sketch.plan()))
                .containsExactly("revoke blocked [blocked]", "revoke ours [dua_unsigned]", "grant ada");
    }

    @Test
    void aResourceNeverSeenThatHasReadersIsOnlyObserved() {
        Sketch sketch = new Sketch().person(1, true, "ada").live("stranger");
        sketch.known = false;
        Plan plan = sketch.plan();
        assertThat(changes(plan)).isEmpty();
        assertThat(plan.resources().getFirst().awaitsAdoption()).isTrue();
    }

    @Test
    void aResourceNeverSeenAndEmptyIsManagedAtOnce() {
        Sketch sketch = new Sketch().person(1, true, "ada");
        sketch.known = false;
        assertThat(changes(sketch.plan())).containsExactly("grant ada");
    }

    @Test
    void anEmptyRecordThatMeetsOurOwnMarksRefusesToWrite() {
        Sketch sketch = new Sketch().person(1, true, "ada");
        sketch.known = false;
        sketch.marked = true;
        assertThat(sketch.plan().refusal()).isPresent();
    }

    @Test
    void keepIsNeitherRemovedNorAdded() {
        Plan plan = new Sketch()
                .person(1, true, "curator")
                .live("guest")
                .keep("guest")
                .keep("curator")
                .plan();
        assertThat(changes(plan)).isEmpty();
    }

    @Test
    void aFrozenPersonIsNeitherGrantedNorRevoked() {
        assertThat(changes(new Sketch()
                        .person(1, false, "ada")
                        .live("ada")
                        .frozen(1)
                        .plan()))
                .isEmpty();
        assertThat(changes(new Sketch().person(1, true, "ada").frozen(1).plan()))
                .isEmpty();
    }

    @Test
    void aBlockReachesAFrozenPersonAndAnOrphanedResource() {
        Sketch frozen =
                new Sketch().person(1, true, "ada").live("ada").frozen(1).hold(block(1));
        assertThat(changes(frozen.plan())).containsExactly("revoke ada [blocked]");
        Sketch orphan = new Sketch()
                .person(1, true, "ada")
                .person(2, false, "bob")
                .live("ada", "bob")
                .hold(block(1));
        orphan.orphan = true;
        assertThat(changes(orphan.plan())).containsExactly("revoke ada [blocked]");
    }

    @Test
    void whoeverLinksAnIdentityOfABlockedPersonIsBlocked() {
        Plan plan = new Sketch()
                .person(1, true, "shared")
                .person(2, true, "shared", "other")
                .live("shared", "other")
                .hold(block(1))
                .plan();
        assertThat(changes(plan)).containsExactly("revoke other [blocked]", "revoke shared [blocked]");
    }

    @Test
    void aSharedIdentityStaysWhileOneOfItsPeopleIsEntitledAndIsReported() {
        Plan plan = new Sketch()
                .person(1, true, "shared")
                .person(2, false, "shared")
                .live("shared")
                .plan();
        assertThat(changes(plan)).isEmpty();
        assertThat(plan.notes()).anyMatch(note -> note.contains("shared") && note.contains("several researchers"));
    }

    @Test
    void aReplacedIdentityGoesUncountedAndTheNewOneComes() {
        Plan plan = new Sketch()
                .person(1, true, "new")
                .live("old")
                .recorded("old", 1, false, null)
                .plan();
        assertThat(changes(plan)).containsExactly("revoke old [superseded_identity]", "grant new");
        assertThat(plan.causes()).isEmpty();
    }

    @Test
    void someoneWhoLeftTheSourceIsRevokedFromOurOwnCopy() {
        Plan plan = new Sketch()
                .person(2, true, "bob")
                .live("ada")
                .recorded("ada", 1, false, null)
                .plan();
        assertThat(changes(plan)).contains("revoke ada [left_source]");
        assertThat(plan.changes().getFirst().researcher()).isEqualTo(id(1));
    }

    @Test
    void withAnUnreadableSourceOnlyKnownEndsAndBlocksTakeEffect() {
        Sketch sketch = new Sketch()
                .person(5, true, "new")
                .live("ended", "running", "blocked")
                .recorded("ended", 1, false, NOW.minus(Duration.ofNanos(1000)))
                .recorded("running", 2, false, NOW)
                .recorded("blocked", 3, false, null)
                .hold(block(3));
        sketch.sourceUnreadable = true;
        assertThat(changes(sketch.plan())).containsExactly("revoke blocked [blocked]", "revoke ended [known_end]");
    }

    @Test
    void anEndKnownInAdvanceIsNotCountedByTheGuards() {
        Plan plan = new Sketch()
                .person(1, false, "ada")
                .live("ada")
                .recorded("ada", 1, false, NOW.minus(Duration.ofDays(1)))
                .plan();
        assertThat(changes(plan)).containsExactly("revoke ada [dua_unsigned]");
        assertThat(plan.causes()).isEmpty();
    }

    @Test
    void thousandsOfWrongReadersAreACaseAndTheEntitledStillComeIn() {
        Sketch sketch = new Sketch().person(1, true, "ada");
        for (int i = 0; i < 3000; i++) {
            sketch.live("wrong" + i);
        }
        Plan plan = sketch.plan();
        assertThat(changes(plan)).containsExactly("grant ada");
        assertThat(plan.guarded()).hasSize(3000);
        assertThat(plan.cases())
                .singleElement()
                .satisfies(c -> assertThat(c.people()).isEqualTo(3000));
    }

    @Test
    void nothingIsGrantedWhileHoldsAreUnknown() {
        Sketch sketch = new Sketch().person(1, true, "ada");
        sketch.holdsUnknown = true;
        assertThat(changes(sketch.plan())).isEmpty();
    }

    @Test
    void theTargetKeepsWhatIsHeldBack() {
        Sketch sketch = new Sketch().person(1, true, "ada");
        for (int i = 0; i < 60; i++) {
            sketch.live("wrong" + i);
        }
        ResourcePlan resource = sketch.plan().resources().getFirst();
        assertThat(ResourcePlan.target(
                                java.util.Objects.requireNonNull(resource.observation()),
                                resource.changes(),
                                resource.kept())
                        .edges())
                .hasSize(61)
                .containsKeys(p("ada"), p("wrong0"));
    }
}

package org.physionet.provisioner.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.model.Mode;

/** Who stands in a layout that the resource had before: they move or go, and their move is nobody's admission. */
class EarlierLayoutTest {
    private static List<String> changes(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.action().text() + " " + change.principal())
                .toList();
    }

    @Test
    void whoMayStayIsLetInByThePresentOneAndWhoMayNotGoes() {
        Sketch sketch = new Sketch()
                .person(1, true, "ada")
                .person(2, false, "bob")
                .person(3, true, "cyd")
                .earlier("ada", "bob")
                .live("cyd");
        assertThat(changes(sketch.plan())).containsExactly("revoke bob", "grant ada");
    }

    @Test
    void noGuardHoldsAMoveHoweverMany() {
        Sketch sketch = new Sketch();
        for (int n = 1; n <= 500; n++) {
            sketch.person(n, true, "p" + n).earlier("p" + n);
        }
        Plan plan = sketch.plan();
        assertThat(plan.changes()).hasSize(500);
        assertThat(plan.guarded()).isEmpty();
    }

    /** They are holders as much as those who have moved. */
    @Test
    void aGuardCountsThoseWhoWouldLoseAccess() {
        Sketch sketch = new Sketch();
        for (int n = 1; n <= 60; n++) {
            sketch.person(n, false, "p" + n).earlier("p" + n);
        }
        Plan plan = sketch.plan();
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.guarded()).hasSize(60);
        ResourcePlan place = plan.resources().getFirst();
        assertThat(ResourcePlan.target(place.observation(), List.of(), place.kept())
                        .resting())
                .as("left where they stand")
                .hasSize(60);
    }

    @Test
    void nobodyMovesWhileTheSourceIsUnreadableOrTheResourceObserved() {
        Sketch unread = new Sketch().person(1, true, "ada").earlier("ada");
        unread.sourceUnreadable = true;
        assertThat(changes(unread.plan())).isEmpty();
        Sketch observed = new Sketch().person(1, true, "ada").earlier("ada");
        observed.mode = Mode.OBSERVE;
        assertThat(changes(observed.plan())).isEmpty();
        assertThat(observed.plan().resources().getFirst().wouldChange()).hasSize(1);
    }
}

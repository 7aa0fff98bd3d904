package org.physionet.provisioner.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A deleted account reads nothing, and where a provider refuses every document that names it, its entry keeps everybody
 * else's changes from being made (facts/aws.md A2.1): found by simulated worlds, where a guard held it.
 */
class DeletedAccountTest {
    private static List<String> leaving(Sketch sketch) {
        return sketch.plan().changes().stream()
                .map(c -> c.action().text() + " " + c.principal() + " " + c.reasons())
                .toList();
    }

    @Test
    void noGuardHoldsItsEntryHoweverManyLoseAccessWithIt() {
        Sketch sketch = new Sketch();
        for (int n = 1; n <= 60; n++) {
            sketch.person(n, false, "p" + n).live("p" + n);
        }
        assertThat(leaving(sketch.dead("p7"))).containsExactly("revoke p7 [dead_principal]");
    }

    @Test
    void itGoesAlsoWhileTheSourceIsUnreadable() {
        Sketch sketch = new Sketch()
                .person(1, true, "ada")
                .person(2, true, "bob")
                .live("ada")
                .dead("bob");
        sketch.sourceUnreadable = true;
        assertThat(leaving(sketch)).containsExactly("revoke bob [dead_principal]");
    }

    @Test
    void anOrphanIsLeftAsItIs() {
        Sketch sketch = new Sketch().person(1, true, "ada").dead("ada");
        sketch.orphan = true;
        assertThat(leaving(sketch)).isEmpty();
    }
}

package org.physionet.provisioner.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** Observe, render, write, observe: what is written is what is in force, and nobody else's entries suffer. */
public interface RoundTripContract {
    Bench bench();

    @Test
    default void aNewResourceHasNobodyOfTheEnginesKind() {
        Resource resource = bench().world().newResource();

        Observation seen = bench().observe(resource);

        assertThat(seen.resource()).isEqualTo(resource.id());
        assertThat(seen.owned()).isEmpty();
        assertThat(bench().world().canRead(resource, bench().person(1))).isFalse();
    }

    @Test
    default void whoIsGrantedIsInTheNextReadAndCanReadTheData() {
        Resource resource = bench().world().newResource();

        Write write = bench().only(bench().render(resource, bench().observe(resource), bench().person(1)));
        Outcome outcome = bench().adapter().write(resource, write);

        assertThat(write.grants()).isEqualTo(bench().principals(bench().person(1)));
        assertThat(write.revokes()).isEmpty();
        assertThat(outcome).isEqualTo(new Outcome.Applied());
        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(1)));
        assertThat(bench().world().canRead(resource, bench().person(1))).isTrue();
        assertThat(bench().world().canRead(resource, bench().person(2))).isFalse();
    }

    @Test
    default void whoIsRevokedIsGoneAndTheOthersStay() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().people(3));

        Write write =
                bench().only(bench().render(resource, bench().observe(resource), bench().person(0), bench().person(2)));
        bench().adapter().write(resource, write);

        assertThat(write.revokes()).isEqualTo(bench().principals(bench().person(1)));
        assertThat(write.grants()).isEmpty();
        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(0), bench().person(2)));
        assertThat(bench().world().canRead(resource, bench().person(1))).isFalse();
        assertThat(bench().world().canRead(resource, bench().person(2))).isTrue();
    }

    @Test
    default void theLastOneCanBeRevoked() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().person(1));

        bench().make(resource);

        assertThat(bench().owned(resource)).isEmpty();
        assertThat(bench().world().canRead(resource, bench().person(1))).isFalse();
        bench().make(resource, bench().person(1));
        assertThat(bench().world().canRead(resource, bench().person(1))).isTrue();
    }

    @Test
    default void everyPendingChangeGoesInAsFewWritesAsTheLayoutAllows() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().people(10));
        CloudAccount[] after = new CloudAccount[10];
        for (int i = 0; i < after.length; i++) {
            after[i] = bench().person(i + 5);
        }

        List<Write> writes =
                bench().render(resource, bench().observe(resource), after).writes();
        writes.forEach(write -> bench().adapter().write(resource, write));

        assertThat(writes).hasSize(bench().world().oneWriteForAll() ? 1 : 10);
        assertThat(writes.stream().flatMap(write -> write.grants().stream())).hasSize(5);
        assertThat(writes.stream().flatMap(write -> write.revokes().stream())).hasSize(5);
        assertThat(bench().owned(resource)).isEqualTo(bench().principals(after));
    }

    @Test
    default void withoutADifferenceNothingIsWritten() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().people(3));

        Rendering again = bench().render(resource, bench().observe(resource), bench().people(3));

        assertThat(again.writes()).isEmpty();
        assertThat(again.unfit()).isEmpty();
    }

    @Test
    default void sameInputGivesTheSameWrites() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().people(3));
        Observation seen = bench().observe(resource);

        Rendering once = bench().render(resource, seen, bench().person(1), bench().person(7), bench().person(8));
        Rendering twice = bench().render(resource, seen, bench().person(8), bench().person(7), bench().person(1));

        assertThat(twice).isEqualTo(once);
        assertThat(once.writes()).isNotEmpty();
    }

    @Test
    default void whomARivalLetInAlreadyIsNotGrantedAgain() {
        Resource resource = bench().world().newResource();
        bench().world().rivalAddsPerson(resource, bench().person(1));

        Rendering rendering = bench().render(resource, bench().observe(resource), bench().person(1));

        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(1)));
        assertThat(rendering.writes()).isEmpty();
    }

    @Test
    default void whomARivalLetInIsTakenOutWhenTheTargetHasThemNot() {
        Resource resource = bench().world().newResource();
        bench().world().rivalAddsPerson(resource, bench().person(1));

        bench().make(resource, bench().person(2));

        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(2)));
        assertThat(bench().world().canRead(resource, bench().person(1))).isFalse();
    }

    @Test
    default void foreignEntriesSurviveGrantsAndRevocations() {
        Resource resource = bench().world().newResource();
        bench().world().rivalAddsForeign(resource);

        bench().make(resource, bench().people(2));
        assertThat(bench().world().hasForeign(resource)).isTrue();
        bench().make(resource);

        assertThat(bench().world().hasForeign(resource)).isTrue();
        assertThat(bench().owned(resource)).isEmpty();
        assertThat(bench().observe(resource).foreign()).isNotEmpty();
    }

    @Test
    default void aPrincipalOfAnotherProviderIsUnfitAndDelaysNobody() {
        Resource resource = bench().world().newResource();
        Principal other = new Principal("another", "somebody", "somebody");
        var edges = new TreeMap<>(bench().target(bench().person(1)).edges());
        edges.put(other, new Target.Edge(other, null, null));

        Observation seen = bench().observe(resource);
        Rendering rendering = bench().adapter()
                .render(
                        resource,
                        seen,
                        new Target(edges, bench().target(bench().person(1)).otherNames()),
                        Places.UNKNOWN);

        assertThat(rendering.unfit()).extracting(Rendering.Unfit::principal).containsExactly(other);
        assertThat(rendering.writes())
                .allSatisfy(write -> assertThat(write.grants()).doesNotContain(other));
        rendering.writes().forEach(write -> bench().adapter().write(resource, write));
        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(1)));
    }
}

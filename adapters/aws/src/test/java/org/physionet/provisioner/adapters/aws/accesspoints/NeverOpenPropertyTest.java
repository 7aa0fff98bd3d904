package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PublicLint;
import org.physionet.provisioner.adapters.aws.policy.Statement;

/** Over random histories of people who come and go, in both forms, with compactions in between. */
class NeverOpenPropertyTest {
    private static final int PEOPLE = 40;

    @Test
    void noStatementIsEverWrittenThatIsOpenOrHasAnEmptyList() {
        qt().withExamples(60)
                .forAll(
                        lists().of(integers().between(0, PEOPLE - 1)).ofSizeBetween(1, 60),
                        arbitrary().pick(List.of(Form.values())))
                .checkAssert((history, form) -> liveThrough(history, form));
    }

    private static void liveThrough(List<Integer> history, Form form) {
        ShardedResource resource = new ShardedResource("physionet-controlled/mimiciv/3.1/", form);
        Set<Integer> present = new TreeSet<>();
        for (int person : history) {
            if (!present.remove(person)) {
                present.add(person);
            }
            resource.reconcile(ShardedResource.target(present));
            resource.layout
                    .compact(resource.read(), resource.owned(), ShardedResource.target(present), resource.places)
                    .writes()
                    .forEach(resource::apply);
            resource.policies.values().stream().filter(Objects::nonNull).forEach(text -> {
                Policy policy = Policy.parse(text);
                assertThat(PublicLint.publicStatements(policy, PublicLint.Place.ACCESS_POINT))
                        .isEmpty();
                assertThat(policy.statements().stream().filter(Statement::allows))
                        .isNotEmpty()
                        .noneMatch(s -> s.node().toString().contains("[]"));
            });
            assertThat(resource.standing()).hasSize(present.size());
        }
    }
}

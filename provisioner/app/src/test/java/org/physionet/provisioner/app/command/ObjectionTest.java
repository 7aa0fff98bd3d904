package org.physionet.provisioner.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.store.DriftDecisions.Choice;
import org.physionet.provisioner.engine.store.EdgeChange.Action;

/** Which decision makes sense for which finding; the others are refused with what does. */
class ObjectionTest {
    private static final DatasetId DATASET = DatasetId.parse("demo-iv/1.0");
    private static final Principal ADA = new Principal("google", "user:ada@example.org", "user:ada@example.org");
    private static final Resource PLACE = new Resource(
            new ResourceId("gs://data"),
            "gcp",
            "members",
            Map.of(),
            Mode.ENFORCE,
            new TreeSet<>(Set.of(DATASET)),
            Resource.Admits.ALL,
            new TreeSet<>(),
            "catalog");

    private static Drift drift(String finding, Cure cure, @Nullable String recorded, String... reasons) {
        return new Drift(finding, PLACE, DATASET, ADA.text(), null, recorded, List.of(reasons), cure);
    }

    private static Cure cure(String name) {
        return switch (name) {
            case "grant", "revoke" ->
                new Cure.Edge(
                        new Change(
                                name.equals("grant") ? Action.GRANT : Action.REVOKE,
                                null,
                                DATASET,
                                PLACE.id(),
                                ADA,
                                List.of(),
                                null,
                                List.of()),
                        null,
                        null);
            case "lease" -> new Cure.Lease(ADA);
            case "documents" -> new Cure.Documents();
            case "way" -> new Cure.Way(ADA.text(), "somehow");
            case "readers" -> new Cure.Readers(3);
            default -> new Cure.None();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "missing, grant, '', RESTORE IGNORE",
        "extra, revoke, '', REMOVE ADOPT IGNORE",
        "extra, revoke, granted, REMOVE IGNORE",
        "dead, revoke, '', REMOVE IGNORE",
        "widened, lease, granted, RESTORE IGNORE",
        "widened, documents, '', RESTORE IGNORE",
        "widened, way, '', RESTORE REMOVE IGNORE",
        "orphan, readers, '', REMOVE IGNORE",
        "orphan, way, '', REMOVE IGNORE",
        "shadow, way, '', REMOVE IGNORE",
        "usual, none, '', ''",
        "unseen, none, '', ''"
    })
    void everyKindOfFindingTakesTheDecisionsThatMakeSenseForIt(
            String finding, String cure, String recorded, String sensible) {
        Drift drift = drift(finding, cure(cure), recorded.isEmpty() ? null : recorded);
        Set<String> taken = new TreeSet<>();
        for (Choice choice : Choice.values()) {
            Objection.to(choice, drift)
                    .ifPresentOrElse(
                            problem -> assertThat(problem.toString())
                                    .contains(choice.text(), drift.id(), "nothing was touched")
                                    .matches("(?s).*next.*"),
                            () -> taken.add(choice.name()));
        }
        assertThat(taken).isEqualTo(sensible.isEmpty() ? Set.of() : new TreeSet<>(List.of(sensible.split(" "))));
    }

    @Test
    void aFindingKeepsItsIdWhateverIsToldOfItAndNoTwoShareOne() {
        Drift once = drift("extra", cure("revoke"), null, "dua_unsigned");
        Drift later = drift("extra", cure("revoke"), "granted", "blocked");
        assertThat(later.id()).isEqualTo(once.id()).matches("[0-9a-f]{12}");
        assertThat(later.fingerprint()).isNotEqualTo(once.fingerprint());
        Map<String, Drift> ids = new TreeMap<>();
        for (String finding : Drift.KINDS) {
            for (String cure : List.of("grant", "lease", "documents", "way", "readers", "none")) {
                Drift one = drift(finding, cure(cure), null);
                assertThat(ids.put(one.id(), one)).isNull();
            }
        }
    }
}

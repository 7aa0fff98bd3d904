package org.physionet.provisioner.app.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;

/** At S3 the choice follows size, growth and what the neighbours use; a recorded one stays and a better one is told with its command. */
class AutoLayoutsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final Map<ResourceId, ResourceRecord> known = new HashMap<>();
    private final List<EdgeRecord> edges = new ArrayList<>();

    private static ResourceId id(String folder) {
        return new ResourceId("s3://data/" + folder + "/");
    }

    private static Resource resource(String folder, String layout, Map<String, String> options) {
        return new Resource(
                id(folder),
                "aws",
                layout,
                options,
                Mode.ENFORCE,
                new TreeSet<>(List.of(DatasetId.parse(folder + "/1.0"))),
                Resource.Admits.ALL,
                new TreeSet<>(),
                "catalog");
    }

    private void record(String folder, String layout, int readers, int perDay) {
        Instant seen = NOW.minus(200, ChronoUnit.DAYS);
        known.put(
                id(folder),
                new ResourceRecord(
                        id(folder),
                        "aws",
                        layout,
                        Map.of(),
                        new TreeSet<>(),
                        false,
                        seen,
                        null,
                        NOW,
                        readers,
                        Places.UNKNOWN));
        for (int n = 0; n < 90 * perDay; n++) {
            edges.add(new EdgeRecord(
                    id(folder),
                    new Principal("aws", folder + n, folder + n),
                    EdgeRecord.State.GRANTED,
                    false,
                    NOW.minus(n % 90, ChronoUnit.DAYS),
                    null,
                    null,
                    List.of()));
        }
    }

    private Catalog resolve(Map<String, Integer> demand, Resource... resources) {
        RecordView view = new RecordView(
                edges,
                known,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                Optional.empty(),
                false,
                List.of());
        return new AutoLayouts(new Kinds(List.of(new AwsAdapterProvider())), view, List::of, NOW)
                .resolve(
                        new Catalog(List.of(resources), Mode.ENFORCE, List.of()),
                        Optional.of(
                                r -> demand.getOrDefault(r.datasets().first().slug(), 0)));
    }

    private static String layout(Catalog catalog, String folder) {
        return catalog.resources().stream()
                .filter(r -> r.id().equals(id(folder)))
                .findFirst()
                .orElseThrow()
                .layout();
    }

    private static LayoutChoice choice(Catalog catalog, String folder) {
        return Objects.requireNonNull(catalog.choices().get(id(folder)));
    }

    private static Resource auto(String folder) {
        return resource(folder, "auto", Map.of());
    }

    @Test
    void fewReadersGetABucketPolicyAndManyGetAccessPoints() {
        assertThat(layout(resolve(Map.of("a", 280), auto("a")), "a")).isEqualTo("bucket-policy");
        assertThat(layout(resolve(Map.of("a", 300), auto("a")), "a")).isEqualTo("access-points");
        assertThat(layout(resolve(Map.of("a", 1_000_000), auto("a")), "a")).isEqualTo("access-points");
        assertThat(layout(resolve(Map.of("a", 5), resource("a", "auto", Map.of("form", "condition"))), "a"))
                .as("an option that only access points take")
                .isEqualTo("access-points");
    }

    @Test
    void neighboursInOneBucketShareItsPolicy() {
        Catalog catalog = resolve(Map.of("a", 150, "b", 150), auto("a"), auto("b"));
        assertThat(layout(catalog, "a")).isEqualTo("bucket-policy");
        assertThat(layout(catalog, "b")).isEqualTo("access-points");
    }

    @Test
    void whereTheAccountHasNoMoreAccessPointsGrantsAreChosen() {
        record("big", "access-points", 7_000_000, 0);
        Catalog catalog = resolve(Map.of("a", 5_000), auto("a"), resource("big", "access-points", Map.of()));
        assertThat(layout(catalog, "a")).isEqualTo("access-grants");
    }

    @Test
    void aRecordedChoiceStaysAndABetterOneIsToldWithTheDayAndTheCommand() {
        record("a", "bucket-policy", 340, 2);
        LayoutChoice choice = choice(resolve(Map.of(), auto("a")), "a");
        assertThat(choice.layout()).isEqualTo("bucket-policy");
        assertThat(choice.recorded()).isTrue();
        // 18,432 - 1,024 - 48 * 340 = 1,088 bytes, which 22.7 more readers fill
        assertThat(String.valueOf(choice.present().fullOn())).isEqualTo("2026-12-05");
        assertThat(choice.text())
                .contains("bucket-policy was chosen for 340 readers, +2.0 a day", "is full on 2026-12-05")
                .contains("provisioner layout change s3://data/a/ access-points --reason");
    }

    @Test
    void aRecordedChoiceThatHasRoomIsLeftInPeaceWhateverWouldBeChosenNow() {
        record("a", "access-points", 20, 0);
        LayoutChoice choice = choice(resolve(Map.of(), auto("a")), "a");
        assertThat(choice.layout()).isEqualTo("access-points");
        assertThat(choice.better()).isNull();
    }

    @Test
    void aCatalogThatNamesEveryLayoutIsLeftAsItIs() {
        Catalog catalog = resolve(Map.of(), resource("a", "access-points", Map.of()));
        assertThat(catalog.choices()).isEmpty();
        assertThat(layout(catalog, "a")).isEqualTo("access-points");
    }
}

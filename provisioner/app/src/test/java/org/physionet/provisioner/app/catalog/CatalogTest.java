package org.physionet.provisioner.app.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.toy.ToyProvider;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;

class CatalogTest {
    private static final Requirement SIGNED = new Requirement(true, false, false, new TreeSet<>());

    @TempDir
    Path folder;

    private static Dataset dataset(String id, Requirement requirement) {
        return new Dataset(
                DatasetId.parse(id), "row of " + id, "Title", "policy", requirement, false, null, true, false);
    }

    private static DeclaredResource declared(
            String dataset, String kind, String location, Map<String, String> options) {
        return new DeclaredResource(DatasetId.parse(dataset), kind, location, options, "table id " + dataset);
    }

    private static Snapshot snapshot(DeclaredResource... resources) {
        Map<DatasetId, Dataset> datasets = new LinkedHashMap<>();
        for (String id : List.of("a/1", "b/1", "c/1")) {
            datasets.put(DatasetId.parse(id), dataset(id, SIGNED));
        }
        datasets.put(DatasetId.parse("open/1"), dataset("open/1", Requirement.NONE));
        return new Snapshot(
                Instant.EPOCH, Map.of(), datasets, Map.of(), List.of(resources), List.of(), List.of(), List.of());
    }

    private Catalog read(String yaml, DeclaredResource... declared) throws IOException {
        Path file = folder.resolve("catalog.yaml");
        Files.writeString(file, yaml);
        return CatalogMerge.read(file, new Kinds(List.of(new ToyProvider())), snapshot(declared), Set.of());
    }

    private String refusal(String yaml, DeclaredResource... declared) {
        UsageError error = catchThrowableOfType(UsageError.class, () -> read(yaml, declared));
        assertThat(error).as("refused").isNotNull();
        return String.valueOf(error.getMessage());
    }

    private static Resource only(Catalog catalog, String id) {
        return catalog.resources().stream()
                .filter(r -> r.id().equals(new ResourceId(id)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNamedDatasetHasExactlyItsListedResourcesAndOthersHaveTheSources() throws IOException {
        Catalog catalog = read(
                "datasets:\n  - id: a/1\n    resources:\n      - shelf: mine\n",
                declared("a/1", "shelf", "from-source-a", Map.of()),
                declared("b/1", "shelf", "from-source-b", Map.of()));
        assertThat(catalog.resources())
                .extracting(r -> r.id().text())
                .containsExactly("shelf://from-source-b", "shelf://mine");
        assertThat(only(catalog, "shelf://mine").origin()).isEqualTo("catalog");
        assertThat(only(catalog, "shelf://from-source-b").origin()).isEqualTo("table id b/1");
    }

    @Test
    void whatOneDoorOpensIsForThoseWhoMayReadEverythingBehindItUnlessEachSaysAny() throws IOException {
        Map<String, String> red = Map.of("layout", "ring", "colour", "red");
        DeclaredResource[] declared = {
            declared("b/1", "shelf", "of-b", red),
            declared("c/1", "shelf", "of-c", red),
            declared("a/1", "shelf", "of-a", Map.of("layout", "ring", "colour", "blue"))
        };
        Catalog all =
                read("mode: enforce\ndatasets:\n  - id: c/1\n    mode: observe\n    resources: source\n", declared);
        for (String shelf : List.of("shelf://of-b", "shelf://of-c")) {
            assertThat(only(all, shelf).datasets())
                    .extracting(DatasetId::toString)
                    .containsExactly("b/1", "c/1");
            assertThat(only(all, shelf).admits()).isEqualTo(Resource.Admits.ALL);
            assertThat(only(all, shelf).mode()).as("the more careful one").isEqualTo(Mode.OBSERVE);
            assertThat(only(all, shelf).options()).containsOnlyKeys("colour");
        }
        assertThat(only(all, "shelf://of-a").datasets())
                .extracting(DatasetId::toString)
                .containsExactly("a/1");

        String line =
                "  - id: %1$s/1\n    resources:\n      - {shelf: of-%1$s, layout: ring, colour: red, admits: any}\n";
        Catalog any = read("datasets:\n" + line.formatted("b") + line.formatted("c"));
        assertThat(only(any, "shelf://of-b").admits()).isEqualTo(Resource.Admits.ANY);
        assertThat(only(any, "shelf://of-b").datasets()).hasSize(2);
    }

    @Test
    void withoutACatalogEverythingIsTheSources() {
        Catalog catalog = CatalogMerge.read(
                null,
                new Kinds(List.of(new ToyProvider())),
                snapshot(declared("a/1", "shelf", "x", Map.of())),
                Set.of());
        assertThat(only(catalog, "shelf://x").mode()).isEqualTo(Mode.ENFORCE);
        assertThat(only(catalog, "shelf://x").layout()).isEqualTo("list");
    }

    @Test
    void modesAndKeptPrincipalsComeFromTheNearestPlace() throws IOException {
        Catalog catalog = read("""
                mode: observe
                datasets:
                  - id: a/1
                    mode: grant
                    keep: ["card:1"]
                    resources:
                      - shelf: one
                        mode: enforce
                        keep: card:2
                        layout: ring
                        colour: red
                      - shelf: two
                  - id: b/1
                    resources: source
                    keep: [card:9]
                """, declared("b/1", "shelf", "bb", Map.of()), declared("c/1", "shelf", "cc", Map.of()));
        assertThat(only(catalog, "shelf://one").mode()).isEqualTo(Mode.ENFORCE);
        assertThat(only(catalog, "shelf://one").layout()).isEqualTo("ring");
        assertThat(only(catalog, "shelf://one").options()).containsEntry("colour", "red");
        assertThat(only(catalog, "shelf://one").keep())
                .extracting(p -> p.text())
                .containsExactly("card:1", "card:2");
        assertThat(only(catalog, "shelf://two").mode()).isEqualTo(Mode.GRANT);
        assertThat(only(catalog, "shelf://bb").mode()).isEqualTo(Mode.OBSERVE);
        assertThat(only(catalog, "shelf://bb").keep()).extracting(p -> p.text()).containsExactly("card:9");
        assertThat(only(catalog, "shelf://cc").mode()).isEqualTo(Mode.OBSERVE);
    }

    @Test
    void aDefaultOfSeveralDatasetsIsOneResourceForThoseEntitledToAllUnlessTheCatalogSaysAny() throws IOException {
        DeclaredResource a = declared("a/1", "shelf", "shared", Map.of());
        DeclaredResource b = declared("b/1", "shelf", "shared", Map.of());
        Resource all = only(read("datasets: []\n", a, b), "shelf://shared");
        assertThat(all.datasets()).extracting(DatasetId::toString).containsExactly("a/1", "b/1");
        assertThat(all.admits()).isEqualTo(Resource.Admits.ALL);

        Resource any = only(
                read("datasets:\n  - id: a/1\n    resources:\n      - {shelf: shared, admits: any}\n", a, b),
                "shelf://shared");
        assertThat(any.datasets()).extracting(DatasetId::toString).containsExactly("a/1", "b/1");
        assertThat(any.admits()).isEqualTo(Resource.Admits.ANY);

        Resource listed = only(
                read("datasets:\n  - id: a/1\n    resources:\n      - {shelf: x, sharedWith: [c/1]}\n"), "shelf://x");
        assertThat(listed.datasets()).extracting(DatasetId::toString).containsExactly("a/1", "c/1");
    }

    @Test
    void openDatasetsAreNotManagedUnlessListed() throws IOException {
        DeclaredResource open = declared("open/1", "shelf", "public", Map.of());
        assertThat(read("datasets: []\n", open).resources()).isEmpty();
        assertThat(read("datasets: [{id: open/1, resources: source}]\n", open).resources())
                .hasSize(1);
    }

    @Test
    void whatTheSourceDeclaresButNothingManagesIsReported() throws IOException {
        Catalog catalog = read(
                "datasets: []\n",
                declared("a/1", "moon", "crater", Map.of()),
                declared("b/1", DeclaredResource.UNMANAGED, "group@x.org", Map.of()),
                declared("c/1", "shelf", "NOT VALID", Map.of()));
        assertThat(catalog.resources()).isEmpty();
        assertThat(catalog.findings()).extracting(f -> f.dataset().toString()).containsExactly("a/1", "b/1", "c/1");
        assertThat(catalog.findings()).allSatisfy(f -> assertThat(f.fix()).contains("catalog"));
    }

    @Test
    void aDatasetThatTheRecordKnowsButTheSourceHasLostIsNoError() throws IOException {
        Path file = folder.resolve("catalog.yaml");
        Files.writeString(file, "datasets: [{id: gone/1, resources: [{shelf: x}]}]\n");
        Catalog catalog = CatalogMerge.read(
                file, new Kinds(List.of(new ToyProvider())), snapshot(), Set.of(DatasetId.parse("gone/1")));
        assertThat(only(catalog, "shelf://x").datasets()).containsExactly(DatasetId.parse("gone/1"));
        assertThat(catalog.findings())
                .singleElement()
                .satisfies(f -> assertThat(f.why()).contains("left the source"));
    }

    @Test
    void anUnknownDatasetIsRefusedWithItsLineAndTheClosest() {
        assertThat(refusal("datasets:\n  - id: a/1\n    resources: []\n  - id: a/2\n    resources: []\n"))
                .contains("does not have: a/2")
                .contains("line 4")
                .contains("did you mean a/1");
    }

    @Test
    void oneResourceTwiceIsRefusedWithBothLines() {
        assertThat(refusal("""
                        datasets:
                          - id: a/1
                            resources: [{shelf: x}]
                          - id: b/1
                            resources:
                              - shelf: shelf://x
                        """))
                .contains("shelf://x is in the catalog twice")
                .contains("line 6")
                .contains("line 3")
                .contains("sharedWith");
    }

    @Test
    void anEmptyOrTruncatedFileIsRefused() {
        assertThat(refusal("")).contains("The catalog is empty").contains("nobody was granted or revoked");
        assertThat(refusal("# only a comment\n")).contains("The catalog is empty");
        assertThat(refusal("datasets:\n  - id: \"a/1\n    resou"))
                .contains("not well-formed")
                .contains("line");
        assertThat(refusal("datasets:\n  - id: a/1\n    resources:\n      - shelf: x\n        lay"))
                .contains("line 5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mode: force                                                      | observe, grant, enforce
                    datasets: {a: b}                                                 | a list
                    dataset: []                                                      | did you mean datasets
                    datasets: [{id: a1, resources: []}]                              | slug/version
                    datasets: [{resources: []}]                                      | has no id
                    datasets: [{id: a/1}]                                            | no such key
                    datasets: [{id: a/1, resources: [x]}]                            | not a map
                    datasets: [{id: a/1, resources: [{layout: list}]}]               | exactly one of [shelf]
                    datasets: [{id: a/1, resources: [{shelf: UPPER}]}]               | lower-case letters
                    datasets: [{id: a/1, resources: [{shelf: x, layout: rings}]}]    | did you mean ring
                    datasets: [{id: a/1, resources: [{shelf: x, layout: ring}]}]     | a ring needs one
                    datasets: [{id: a/1, resources: [{shelf: x, color: red}]}]       | did you mean colour
                    datasets: [{id: a/1, resources: [{shelf: x, admits: some}]}]     | all, any
                    datasets: [{id: a/1, keep: [bob], resources: []}]                | user:EMAIL
                    datasets: [{id: a/1, resources: []}, {id: a/1, resources: []}]   | in the catalog twice
                    datasets: [{id: a/1, resources: [{shelf: x/}, {shelf: x/y/}]}]   | inside
                    - 1                                                              | not a map
                    """)
    void whateverIsWrongSaysWhatWasExpectedAndWhere(String yaml, String expected) {
        assertThat(refusal(yaml + "\n")).contains(expected).contains("catalog.yaml, line 1");
    }
}

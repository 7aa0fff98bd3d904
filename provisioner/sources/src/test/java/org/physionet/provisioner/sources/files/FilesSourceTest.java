package org.physionet.provisioner.sources.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;
import org.physionet.provisioner.engine.source.SourceProvider;
import org.physionet.provisioner.sources.Found;

/** A sound folder becomes the snapshot that its files say, however they are split, ordered and compressed. */
class FilesSourceTest {
    @TempDir
    Path path;

    @Test
    void itIsFoundByItsType() {
        assertThat(ServiceLoader.load(SourceProvider.class).stream())
                .extracting(p -> p.get().type())
                .containsOnlyOnce("files");
    }

    @Test
    void aSetOfConditionsAndAPolicyAreTwoWaysToSayOneThing() throws Exception {
        TestFolder folder = new TestFolder(path);
        String header = "trainings: [{id: ethics}]\ndatasets:\n";
        String requires = " requires: {agreement: true, credential: true, trainings: [ethics]}}\n";
        folder.write(
                "datasets.yaml",
                header + "  - {id: a/1, policy: credentialed, trainings: [ethics]}\n  - {id: b/1," + requires
                        + "  - {id: c/1, policy: contributor review, trainings: [ethics]}\n"
                        + "  - {id: d/1, requires: {approval: true, credential: true, trainings: [ethics]}}\n"
                        + "  - {id: e/1, policy: restricted}\n  - {id: f/1, requires: {agreement: true}}\n"
                        + "  - {id: g/1, policy: open}\n  - {id: h/1, requires: {}}\n"
                        + "  - {id: i/1, requires: {approval: true, agreement: true}}\n");
        Snapshot snapshot = folder.read();
        for (String pair : List.of("ab", "cd", "ef", "gh")) {
            assertThat(requirement(snapshot, pair.substring(0, 1))).isEqualTo(requirement(snapshot, pair.substring(1)));
        }
        assertThat(requirement(snapshot, "h")).isEqualTo(Requirement.NONE);
        assertThat(requirement(snapshot, "i"))
                .isEqualTo(new Requirement(true, false, true, Requirement.NONE.trainings()));
        assertThat(Found.dataset(snapshot, "i/1").policy()).isEqualTo("agreement, approval");
    }

    @Test
    void accountsOfAnyKindAreTakenWithWhateverIsKnownOfThem() throws Exception {
        TestFolder folder = new TestFolder(path);
        folder.write("researchers.ndjson", """
                {"id":"9","username":"ada","active":true,"credentialed":true,"accounts":[{"kind":"toy","id":"x","shelf":"3"},\
                {"kind":"google","id":"no address"},{"kind":"aws","id":"AIDAADA0123456789","account":"111122223333",\
                "arn":"arn:aws:iam::444455556666:user/ada"},{"kind":"aws","id":"AIDAADA0123456789","unusable":"lost"}]}
                """);
        Snapshot snapshot = folder.read();
        assertThat(snapshot.badRows()).isEmpty();
        assertThat(Found.researcher(snapshot, "9").accounts())
                .extracting(CloudAccount::unusable)
                .containsExactly(
                        null,
                        "e-mail address: expected name@domain, found \"no address\"",
                        "AWS account 111122223333 and the ARN's account 444455556666 contradict each other",
                        "lost");
        assertThat(Found.researcher(snapshot, "9").accounts().getFirst())
                .isEqualTo(new CloudAccount("toy", "x", Map.of("shelf", "3"), null));
    }

    @Test
    void lengthsAndResourcesAreReadAsWritten() throws Exception {
        TestFolder folder = new TestFolder(path);
        folder.write(
                "researchers.ndjson",
                "{\"id\":\"9\",\"username\":\"ada\",\"active\":true,\"credentialed\":true,\"approvals\":["
                        + "{\"dataset\":\"notes/2.0\",\"state\":\"accepted\",\"length\":\"P1Y2M3DT4H5M6.000007S\"},"
                        + "{\"dataset\":\"notes/2.0\",\"state\":\"accepted\",\"length\":\"PT0S\"},"
                        + "{\"dataset\":\"notes/2.0\",\"state\":\"revoked\",\"length\":null}]}");
        folder.write(
                "datasets.yaml",
                TestFolder.DATASETS
                        + "    resources: [{kind: gcs, location: notes-2.0, options: {layout: group, group: n@example.org}}]\n");
        Snapshot snapshot = folder.read();
        assertThat(Found.researcher(snapshot, "9").approvals())
                .extracting(Approval::length)
                .containsExactly(new TermLength(14, Duration.parse("P3DT4H5M6.000007S")), TermLength.ofDays(0), null);
        assertThat(snapshot.resources())
                .containsExactly(new DeclaredResource(
                        DatasetId.parse("notes/2.0"),
                        "gcs",
                        "notes-2.0",
                        Map.of("layout", "group", "group", "n@example.org"),
                        "datasets.yaml:9"));
    }

    @Test
    void shuffledLinesAreTheSameSnapshot() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            lines.add(TestFolder.GRACE.replace("\"10\"", "\"" + i + "\"").replace("grace", "person-" + i));
        }
        TestFolder folder = new TestFolder(path).write("researchers.ndjson", String.join("\n", lines));
        Snapshot before = folder.read();
        Collections.shuffle(lines, new Random(7));
        folder.write("researchers.ndjson", String.join("\n", lines));
        Snapshot after = folder.read();
        assertThat(after).isEqualTo(before);
        assertThat(List.copyOf(after.researchers().keySet()))
                .isEqualTo(List.copyOf(before.researchers().keySet()))
                .isSorted();
    }

    @Test
    void severalFilesAndCompressedOnesAreOneSite() throws Exception {
        TestFolder folder = new TestFolder(path);
        Snapshot plain = folder.read();
        folder.delete("researchers.ndjson").delete("datasets.yaml");
        folder.write("researchers-1.ndjson.gz", TestFolder.gzip(TestFolder.GRACE));
        folder.write("researchers-2.ndjson", TestFolder.ADA);
        folder.write("researchers.old", "not read");
        folder.write(
                "datasets.ndjson.gz",
                TestFolder.gzip(
                        "{\"id\":\"notes/2.0\",\"requires\":{\"approval\":true,\"trainings\":[\"ethics\",\"notes\"]}}\n\n"
                                + "{\"id\":\"vitals/1.0\",\"title\":\"Vital signs\",\"policy\":\"credentialed\","
                                + "\"trainings\":[\"ethics\"]}\n"));
        folder.write(
                "trainings.yaml", "trainings:\n  - {id: ethics, name: Ethics, validity: P1095D}\n  - {id: notes}\n");
        Snapshot split = folder.read();
        assertThat(split.researchers()).isEqualTo(plain.researchers());
        assertThat(split.trainingTypes()).isEqualTo(plain.trainingTypes());
        assertThat(split.datasets().keySet()).isEqualTo(plain.datasets().keySet());
    }

    @Test
    void aCompressedFileOfSeveralPartsIsReadToItsEnd() throws Exception {
        TestFolder folder = new TestFolder(path).delete("researchers.ndjson");
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.write(TestFolder.gzip(TestFolder.ADA + "\n"));
        parts.write(TestFolder.gzip(TestFolder.GRACE + "\n"));
        folder.write("researchers.ndjson.gz", parts.toByteArray());
        assertThat(folder.read().researchers()).hasSize(2);
    }

    @Test
    void theSnapshotsTimeIsTheGivenClocks() throws Exception {
        assertThat(new TestFolder(path).read().takenAt()).isEqualTo(TestFolder.NOW);
    }

    @Test
    void agreementsForOneDatasetAreOneOfTheFirstTime() throws Exception {
        TestFolder folder = new TestFolder(path);
        folder.write(
                "researchers.ndjson",
                TestFolder.ADA.replace(
                        "\"agreements\":[",
                        "\"agreements\":["
                                + "{\"dataset\":\"vitals/1.0\"},{\"dataset\":\"vitals/1.0\",\"signedAt\":\"2025-01-02T01:00:00+01:00\"},"));
        Researcher ada = Found.researcher(folder.read(), "9");
        assertThat(ada.agreements())
                .singleElement()
                .extracting(a -> a.signedAt())
                .hasToString("2025-01-02T00:00:00Z");
    }

    @Test
    void whatIsDescribedNowhereIsNotedAndFreezesNobody() throws Exception {
        TestFolder folder = new TestFolder(path);
        folder.write(
                "researchers.ndjson",
                TestFolder.ADA.replace("vitals/1.0", "gone/1.0") + "\n"
                        + TestFolder.GRACE.replace(
                                "}",
                                ",\"certificates\":[{\"training\":\"old\",\"state\":\"accepted\"}],"
                                        + "\"approvals\":[{\"dataset\":\"gone/1.0\",\"state\":\"pending\"}]}"));
        Snapshot snapshot = folder.read();
        assertThat(snapshot.freezes()).isEmpty();
        assertThat(snapshot.notes())
                .containsExactly(
                        "Dataset gone/1.0 is named by 2 lines of researchers and described nowhere.",
                        "Training old is named by 1 line of researchers and described nowhere.");
        assertThat(snapshot.trainingTypes()).doesNotContainKey(new TrainingTypeId("old"));
    }

    @Test
    void anEmptyFileIsAnEmptySiteAndLeftToTheGuards() throws Exception {
        TestFolder folder = new TestFolder(path).write("researchers.ndjson", "");
        assertThat(folder.read().researchers()).isEmpty();
    }

    private static Requirement requirement(Snapshot snapshot, String slug) {
        return Found.dataset(snapshot, slug + "/1").requirement();
    }
}

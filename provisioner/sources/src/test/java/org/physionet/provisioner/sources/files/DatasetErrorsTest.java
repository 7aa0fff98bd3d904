package org.physionet.provisioner.sources.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** Anything wrong in the file of datasets refuses the whole, and is told with file and line. */
class DatasetErrorsTest {
    @TempDir
    Path path;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            id: vitals/1.0             | id: vitals                        | datasets.yaml:5: datasets[0].id: dataset: expected slug/version, found "vitals"
            id: vitals/1.0             | idd: vitals/1.0                   | datasets.yaml:5: datasets[0].idd: unknown key
            id: notes/2.0              | id: vitals/1.0                    | datasets.yaml:9: id: expected each dataset once, found vitals/1.0 also at datasets.yaml:5
            - {id: notes}              | - {id: ethics}                    | datasets.yaml:3: id: expected each training once, found ethics also at datasets.yaml:2
            title: Vital signs         | title: 1                          | datasets.yaml:6: datasets[0].title: expected a text, found 1
            - {id: notes}              | - &a {id: notes}                  | datasets.yaml:3: anchors and aliases are not taken; write it out
            title: Vital signs         | title: *a                         | datasets.yaml:6: anchors and aliases are not taken; write it out
            title: Vital signs         | policy: open                      | datasets.yaml:7: not YAML: Duplicate field 'policy'
            title: Vital signs         | title: [                          | datasets.yaml:
            policy: credentialed       | policy: secret                    | datasets.yaml:7: datasets[0].policy: expected open, restricted, credentialed or contributor review, found "secret"
            policy: credentialed       | policy: restricted                | datasets.yaml:8: datasets[0].trainings: the policy restricted asks for none
            policy: credentialed       | deprecated: false                 | datasets.yaml:5: datasets[0].policy: expected either policy or requires, found none
            policy: credentialed       | deprecated: maybe                 | datasets.yaml:7: datasets[0].deprecated: expected true or false, found "maybe"
            title: Vital signs         | requires: {}                      | datasets.yaml:7: datasets[0].policy: expected either policy or requires, found both
            title: Vital signs         | embargoedUntil: 2026-13-01        | datasets.yaml:6: datasets[0].embargoedUntil: expected a time like
            title: Vital signs         | downloads: true                   | datasets.yaml:6: datasets[0].downloads: unknown key; known are deprecated, downloadsAllowed
            trainings: [ethics]        | trainings: [etics]                | datasets.yaml:8: datasets[0].trainings: expected the id of a training, found "etics"
            trainings: [ethics]        | trainings: ethics                 | datasets.yaml:8: datasets[0].trainings: expected a list, found "ethics"
            approval: true             | aproval: true                     | datasets.yaml:10: datasets[1].requires.aproval: unknown key; known are agreement, approval, credential, trainings
            approval: true             | approval: "yes"                   | datasets.yaml:10: datasets[1].requires.approval: expected true or false, found "yes"
            validity: P1095D           | validity: 1095                    | datasets.yaml:2: trainings[0].validity: expected a text, found 1095
            validity: P1095D           | validity: -P1D                    | datasets.yaml:2: trainings[0].validity: expected a length like P1095D or P3Y, found "-P1D"
            datasets:                  | dataset:                          | datasets.yaml:4: dataset: unknown key; known are datasets, trainings
            title: Vital signs         | resources: [{kind: gcs}]          | datasets.yaml:6: datasets[0].resources[0].location: expected a text, found none
            title: Vital signs         | resources: [{kind: GCS, location: a}] | datasets.yaml:6: datasets[0].resources[0].kind: expected a resource kind like gcs or s3, found "GCS"
            """)
    void isToldWithFileAndLine(String sound, String broken, String message) throws Exception {
        TestFolder folder = new TestFolder(path).write("datasets.yaml", TestFolder.DATASETS.replace(sound, broken));
        assertThatThrownBy(folder::read)
                .isInstanceOf(SourceUnreadableException.class)
                .hasMessageContaining(message);
    }

    @Test
    void allErrorsAreToldAtOnce() throws Exception {
        TestFolder folder = new TestFolder(path)
                .write(
                        "datasets.yaml",
                        TestFolder.DATASETS.replace("P1095D", "long").replace("approval", "aproval"));
        assertThatThrownBy(folder::read)
                .hasMessageContaining("datasets.yaml:2: ")
                .hasMessageContaining("datasets.yaml:10: ");
    }

    @Test
    void aLineOfNdjsonIsToldByItsNumber() throws Exception {
        TestFolder folder = new TestFolder(path)
                .delete("datasets.yaml")
                .write(
                        "datasets.ndjson",
                        "{\"id\":\"a/1\",\"policy\":\"open\"}\n\n{\"id\":\"b/1\",\"policy\":\"opne\"}\n");
        assertThatThrownBy(folder::read).hasMessageContaining("datasets.ndjson:3: policy: expected open");
    }

    @Test
    void openDatasetsNameNoResources() throws Exception {
        TestFolder folder = new TestFolder(path)
                .write(
                        "datasets.yaml",
                        "datasets:\n  - {id: a/1, policy: open, resources: [{kind: gcs, location: a}]}\n");
        assertThatThrownBy(folder::read)
                .hasMessageContaining("datasets.yaml:2: datasets[0].resources: an open dataset's");
    }

    @Test
    void trainingsStandInOnePlace() throws Exception {
        TestFolder folder = new TestFolder(path).write("trainings.yaml", "trainings: [{id: other}]\n");
        assertThatThrownBy(folder::read)
                .hasMessageContaining(
                        "datasets.yaml:1: trainings: expected in one place, found here and in trainings.yaml");
    }
}

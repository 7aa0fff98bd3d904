package org.physionet.provisioner.sources.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** What may be a half copy, or tells nothing certain, refuses the whole: nobody is taken for gone because of a broken file. */
class UnusableFilesTest {
    @TempDir
    Path path;

    private TestFolder folder;

    @BeforeEach
    void startSound() throws Exception {
        folder = new TestFolder(path);
    }

    @Test
    void aLineThatIsNoJson() throws Exception {
        folder.write("researchers.ndjson", TestFolder.ADA + "\nGrace, 10\n");
        refused("researchers.ndjson:2: expected one JSON object, found: Unrecognized token 'Grace'");
    }

    @Test
    void aLastLineThatEndsInTheMiddle() throws Exception {
        folder.write("researchers.ndjson", TestFolder.ADA + "\n" + TestFolder.GRACE.substring(0, 30));
        refused("researchers.ndjson:2: expected one JSON object, found: Unexpected end-of-input");
    }

    @Test
    void aLineWithTwoObjectsOrAKeyTwice() throws Exception {
        folder.write("researchers.ndjson", TestFolder.ADA + TestFolder.GRACE);
        refused("researchers.ndjson:1: expected one JSON object");
        folder.write(
                "researchers.ndjson", TestFolder.ADA.replace("\"active\":true", "\"active\":true,\"active\":false"));
        refused("researchers.ndjson:1: expected one JSON object, found: Duplicate field 'active'");
    }

    @Test
    void aLineThatNamesNobody() throws Exception {
        folder.write("researchers.ndjson", "[]");
        refused("researchers.ndjson:1: expected an object with a text \"id\", found none; it names nobody");
        folder.write("researchers.ndjson", TestFolder.ADA.replace("\"9\"", "9"));
        refused("researchers.ndjson:1: expected an object with a text \"id\"");
        folder.write("researchers.ndjson", TestFolder.ADA.replace("\"9\"", "\"9 9\""));
        refused("researchers.ndjson:1: id: researcher id: white space or control character U+0020");
    }

    @Test
    void anotherEncoding() throws Exception {
        folder.write(
                "researchers.ndjson",
                (TestFolder.GRACE + "\n" + TestFolder.ADA.replace("ada", "adä")).getBytes(StandardCharsets.ISO_8859_1));
        refused("researchers.ndjson:2: expected UTF-8, found bytes that are not");
        folder.write("researchers.ndjson", TestFolder.ADA.getBytes(StandardCharsets.UTF_16));
        refused("researchers.ndjson:1: expected UTF-8");
    }

    @Test
    void aCompressedFileThatEndsAnywhereBeforeItsEnd() throws Exception {
        folder.delete("researchers.ndjson");
        byte[] whole = TestFolder.gzip(TestFolder.ADA + "\n" + TestFolder.GRACE + "\n");
        for (int length = 0; length < whole.length; length++) {
            folder.write("researchers.ndjson.gz", Arrays.copyOf(whole, length));
            refused("researchers.ndjson.gz:");
        }
    }

    @Test
    void aCompressedFileWhoseSecondPartEndsAnywhereBeforeItsEnd() throws Exception {
        folder.delete("researchers.ndjson");
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.write(TestFolder.gzip(TestFolder.ADA + "\n"));
        int first = parts.size();
        parts.write(TestFolder.gzip(TestFolder.GRACE + "\n"));
        byte[] whole = parts.toByteArray();
        for (int length = first + 1; length < whole.length; length++) {
            folder.write("researchers.ndjson.gz", Arrays.copyOf(whole, length));
            refused("researchers.ndjson.gz:");
        }
    }

    @Test
    void aCompressedFileWithOneByteChanged() throws Exception {
        folder.delete("researchers.ndjson");
        byte[] bytes = TestFolder.gzip(TestFolder.ADA + "\n" + TestFolder.GRACE + "\n");
        bytes[bytes.length - 6] ^= 1;
        folder.write("researchers.ndjson.gz", bytes);
        refused("researchers.ndjson.gz:");
    }

    @Test
    void filesThatAreMissingOrThereTwice() throws Exception {
        folder.write("researchers.ndjson.gz", TestFolder.gzip(TestFolder.ADA));
        refused("expected one of researchers.ndjson and researchers.ndjson.gz, found both");
        folder.delete("researchers.ndjson.gz").delete("researchers.ndjson");
        refused("expected researchers.ndjson or researchers.ndjson.gz, found none");
        folder.write("researchers.ndjson", TestFolder.ADA).write("datasets.yml", TestFolder.DATASETS);
        refused("expected one datasets.yaml, datasets.yml or datasets.ndjson, found datasets.yaml and datasets.yml");
        folder.delete("datasets.yml").delete("datasets.yaml");
        refused("expected datasets.yaml, datasets.yml or datasets.ndjson, found none");
    }

    @Test
    void aFolderThatIsNotThere() {
        assertThatThrownBy(() -> new FilesSource(path.resolve("nowhere"), java.time.InstantSource.system()).read())
                .isInstanceOf(SourceUnreadableException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("expected a folder, found nothing");
    }

    @Test
    void aLineThatIsTooLongOrTooDeep() throws Exception {
        folder.write("researchers.ndjson", TestFolder.ADA + " ".repeat(Limits.LINE));
        refused("researchers.ndjson:1: expected at most 1048576 bytes in a line, found more");
        folder.write("researchers.ndjson", "{\"id\":" + "[".repeat(50) + "]".repeat(50) + "}");
        refused("researchers.ndjson:1: expected one JSON object, found: Document nesting depth");
    }

    @Test
    void aManifestThatDoesNotAgree() throws Exception {
        folder.write(
                "manifest.yaml",
                "files:\n  - {name: datasets.yaml, records: 2}\n  - {name: researchers.ndjson, records: 2}\n");
        assertThat(folder.read().researchers()).hasSize(2);
        folder.write("researchers.ndjson", TestFolder.ADA + "\n");
        refused("manifest.yaml:3: researchers.ndjson: expected 2 records, found 1");
        folder.write("researchers-2.ndjson", TestFolder.GRACE + "\n");
        refused("researchers-2.ndjson: expected in manifest.yaml, found only in the folder");
        folder.write(
                "manifest.yaml",
                "files:\n  - name: datasets.yaml\n  - name: researchers.ndjson\n    sha256: \"" + "0".repeat(64) + "\""
                        + "\n  - name: researchers-2.ndjson\n  - name: researchers-3.ndjson\n");
        refused("manifest.yaml:3: researchers.ndjson: expected SHA-256 " + "0".repeat(64) + ", found ");
        refused("manifest.yaml:6: expected a file researchers-3.ndjson, found none");
    }

    @Test
    void everyErrorSaysThatNothingIsUsedAndWhatToDo() throws Exception {
        folder.write("researchers.ndjson", "x");
        refused("Nothing of what was read is used. Correct the file, or restore the last good one, and run again.");
        refused(path.toString());
    }

    private void refused(String message) {
        assertThatThrownBy(folder::read)
                .isInstanceOf(SourceUnreadableException.class)
                .hasMessageContaining(message);
    }
}

package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.ledger.FolderArchive;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** Whatever file a command is given that can not be read, the answer says why in words, and not which class of Java noticed. */
class UnreadableFilesTest {
    /** Commands that take a file, without it. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("audit", "verify"),
            List.of("audit", "verify", "export.ndjson", "--key"),
            List.of("grant", "notes", "--until", "2099-01-01", "--reason", "x", "--from"),
            List.of("eligibility", "--from"),
            List.of("apply", "--yes"),
            List.of("adopt", "--yes", "--ledger"),
            List.of("simulate", "--port", "0", "--faults"),
            List.of("status", "--config"));

    @TempDir
    Path folder;

    private ToySite site;

    @BeforeEach
    void aSite() {
        site = new ToySite(folder).person(1, "ada", true);
    }

    private void everyCommandRefuses(String file, String why) {
        for (List<String> command : COMMANDS) {
            List<String> args = new java.util.ArrayList<>(command);
            args.add(file);
            Program.Result result = site.run(args.toArray(String[]::new));
            assertThat(result.code()).as(command + ": " + result.err()).isBetween(1, 3);
            assertThat(result.err())
                    .as(String.join(" ", command))
                    .contains(file)
                    .doesNotContain("Exception")
                    .doesNotContain("java.");
            assertThat(result.err().toLowerCase(java.util.Locale.ROOT))
                    .as(String.join(" ", command))
                    .containsAnyOf(why.split("\\|"));
        }
    }

    @Test
    void aFileThatIsNotThere() {
        everyCommandRefuses("nowhere.txt", "no such|there is no");
    }

    @Test
    void aFolder() throws Exception {
        Path parts = Files.createDirectory(folder.resolve("folder.d"));
        Files.createDirectory(parts.resolve("a.txt"));
        everyCommandRefuses("folder.d", "directory|folder|1 finding");
    }

    @Test
    void aFileThatIsFarTooLargeIsRefusedByItsSize() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("large.txt").toFile(), "rw")) {
            sparse.setLength(17L << 30);
        }
        everyCommandRefuses("large.txt", "it is larger than|too large");
        assertThat(site.run("simulate", "--port", "0", "--state", "large.txt").err())
                .contains("larger than 1024 MiB");
    }

    @Test
    void aFileThatIsNestedFarTooDeeplyIsRefused() throws Exception {
        Files.writeString(folder.resolve("deep.txt"), "[".repeat(200_000));
        everyCommandRefuses(
                "deep.txt",
                "nesting|depth|no plan file|2 findings|names nobody|no public key|can not be read|not found|no researcher|unknown");
        assertThat(site.run("simulate", "--port", "0", "--state", "deep.txt").err())
                .contains("deep.txt")
                .doesNotContain("Exception");
    }

    @Test
    void aProofThatIsTooLargeIsNotThereOrIsAFolderIsRefused() throws Exception {
        Files.writeString(folder.resolve("proof.txt"), "#".repeat(70_000));
        Files.createDirectory(folder.resolve("folder.d"));
        for (String file : List.of("proof.txt", "nowhere.txt", "folder.d")) {
            Program.Result result = site.run("identity", "toy", "verify", "ada", "--proof", file);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err())
                    .contains(file)
                    .containsAnyOf("larger than 64 KiB", "no such file", "directory")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aKeyThatIsFarTooLargeIsRefusedByItsSize() throws Exception {
        Files.writeString(folder.resolve("key.txt"), "#".repeat(70_000));
        site.write("provisioner.yaml", site.read("provisioner.yaml") + "ledger: {key: key.txt}\n");
        Files.setPosixFilePermissions(folder.resolve("key.txt"), PosixFilePermissions.fromString("rw-------"));
        assertThat(site.run("audit", "export", "out.ndjson").err()).contains("key.txt", "larger than 64 KiB");
    }

    @Test
    void aListOfRangesThatIsFarTooLargeIsRefusedByItsSize() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("ranges.txt").toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        site.write("provisioner.yaml", site.read("provisioner.yaml") + "audit: {blockedRanges: ranges.txt}\n");
        assertThat(site.run("status").err()).contains("audit.blockedRanges", "ranges.txt", "larger than 64 MiB");
    }

    @Test
    void aPublishedPartThatIsFarTooLargeIsRefusedByItsSize() throws Exception {
        String name = "0000000000000001-000000000000-20260101T000000.000000Z.ndjson";
        try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        try (FolderArchive archive = new FolderArchive(folder)) {
            assertThatThrownBy(() -> archive.get(name)).hasMessageContaining("larger than 512 MiB");
        }
        assertThat(site.run("audit", "verify", folder.toString()).err()).contains("larger than 512 MiB");
    }

    @Test
    void bytesThatAreNoText() throws Exception {
        Files.write(folder.resolve("bytes.txt"), new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, 10});
        everyCommandRefuses("bytes.txt", "utf-8|no plan file|is wrong|line 1|can not be read");
    }
}

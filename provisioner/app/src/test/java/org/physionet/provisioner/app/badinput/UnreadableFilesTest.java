package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** Whatever file a command is given that can not be read, the answer says why in words, and not which class of Java noticed. */
class UnreadableFilesTest {
    /** Commands that take a file, without it. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("audit", "verify"),
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
    void bytesThatAreNoText() throws Exception {
        Files.write(folder.resolve("bytes.txt"), new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, 10});
        everyCommandRefuses("bytes.txt", "utf-8|no plan file|is wrong|line 1|can not be read");
    }
}

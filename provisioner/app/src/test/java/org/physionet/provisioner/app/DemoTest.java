package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void theDemoProvesByReadingThatWhoMayCanAndWhoMayNotCanNot() {
        Program.Result demo = new Program(folder).run("demo", "--dir", "site");
        assertThat(demo.code()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .contains("Proven: 0 reads succeeded")
                .contains("Proven: 12 reads succeeded")
                .contains("0 calls that write")
                .contains("Kept: serviceAccount:backup@")
                .contains("All 3 proofs hold")
                .doesNotContain("WRONG")
                .doesNotContain("\u001b");
        assertThat(folder.resolve("site/.provisioner/record.db")).exists();
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("mine.txt"), "mine");
        Program.Result demo = new Program(folder).run("demo", "--dir", ".");
        assertThat(demo.code()).isEqualTo(2);
        assertThat(folder).isDirectoryContaining("glob:**mine.txt").isDirectoryNotContaining("glob:**site");
    }
}

package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** The record is gone and the clouds still carry its marks: nothing is guessed. */
class LostRecordTest {
    @TempDir
    Path folder;

    private FilesSite siteWithoutItsRecord() throws Exception {
        FilesSite site = new FilesSite(folder);
        site.done("run");
        site.done("revoke", "ada", "--reason", "asked by the ethics board", "--yes");
        try (Stream<Path> files = Files.walk(folder.resolve(".provisioner"))) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
        return site;
    }

    @Test
    void aRunThatMeetsMarksWithoutARecordTouchesNothingAndSaysWhatToDo() throws Exception {
        try (FilesSite site = siteWithoutItsRecord()) {
            Set<String> before = site.readers();
            site.forgetCalls();
            Program.Result run = site.run("run");
            assertThat(run.code()).as(run.err() + run.out()).isEqualTo(3);
            assertThat(run.err() + run.out()).contains("adopt");
            assertThat(site.writes()).isZero();
            assertThat(site.readers()).isEqualTo(before);
        }
    }

    @Test
    void afterAdoptingNothingIsGrantedUntilSomebodySaysThatThereAreNoHoldsToRestore() throws Exception {
        try (FilesSite site = siteWithoutItsRecord()) {
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            site.done("adopt", "--yes");
            // Ada is entitled by the source; her block is lost with the record.
            site.run("run");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            assertThat(FilesSite.json(site.done("status", "--output", "json"))
                            .get("holdsUnknown")
                            .asBoolean())
                    .isTrue();
            assertThat(site.done("plan", "--output", "json").out()).contains("holds");

            site.done("revoke", "ada", "--reason", "found in the minutes", "--yes");
            site.done("adopt", "--no-holds", "--yes");
            site.done("run");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
            assertThat(FilesSite.json(site.done("status", "--output", "json"))
                            .get("holdsUnknown")
                            .asBoolean())
                    .isFalse();
            site.ledgerIsWhole();
        }
    }
}

package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** Somebody asks to be forgotten: nothing goes that still keeps them out, and what goes takes no history with it. */
class EraseTest {
    private static final String[] ERASE = {"audit", "erase", "1", "--reason", "request 17", "--yes"};

    @TempDir
    Path folder;

    private ToySite site;

    @BeforeEach
    void twoReaders() {
        site = new ToySite(folder).person(1, "ada", true).person(2, "bob", true);
        done("run");
    }

    private Program.Result done(String... args) {
        Program.Result result = site.run(args);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private void adaLeavesTheSource() {
        site.edit("ada", line -> "");
    }

    @Test
    void whomTheSourceStillKnowsWouldOnlyBeRecordedAnew() {
        Program.Result result = site.run(ERASE);
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("The source still knows");
    }

    @Test
    void whoStillHasAccessIsNotForgotten() {
        adaLeavesTheSource();
        Program.Result result = site.run(ERASE);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("not proven gone").doesNotContain("Exception");
        assertThat(done("access", "list", "--output", "csv").out()).contains("card:1");
    }

    @Test
    void afterwardsNoNameIsLeftAndTheLedgerStillVerifies() throws Exception {
        adaLeavesTheSource();
        done("run");
        assertThat(site.readers()).containsExactly("card:2");
        assertThat(done(ERASE).out()).contains("card:1", "ada");
        assertThat(done("audit", "events", "--limit", "10000").out()).doesNotContain("card:1", "\"ada\"");
        done("audit", "export", "all.ndjson");
        assertThat(Files.readString(folder.resolve("all.ndjson"))).doesNotContain("card:1", "\"ada\"");
        done("audit", "verify", "all.ndjson");
        assertThat(site.run(ERASE).code())
                .as("nobody of that name is known now")
                .isEqualTo(2);
    }
}

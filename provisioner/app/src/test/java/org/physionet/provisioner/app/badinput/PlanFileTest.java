package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.cli.Terminal;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** A plan is applied exactly as it was made, or not at all. */
class PlanFileTest {
    @TempDir
    Path folder;

    private FilesSite site;
    private Path plan;

    @BeforeEach
    void aSiteThatWasNeverRun() throws Exception {
        site = new FilesSite(folder);
        plan = folder.resolve("monday.plan");
    }

    @AfterEach
    void end() {
        site.close();
    }

    private String refused(String... more) {
        String[] command = new String[2 + more.length];
        command[0] = "apply";
        command[1] = "monday.plan";
        System.arraycopy(more, 0, command, 2, more.length);
        site.forgetCalls();
        Set<String> before = site.readers();
        Program.Result result = site.run(command);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(site.writes()).isZero();
        assertThat(site.readers()).isEqualTo(before);
        assertThat(result.err()).contains("monday.plan").doesNotContain("Exception");
        return result.err();
    }

    @Test
    void whatWasPlannedIsWhatIsApplied() {
        JsonNode planned = FilesSite.json(site.done("plan", "--out", "monday.plan"));
        assertThat(planned.at("/summary/grant").asInt()).isGreaterThan(6);
        JsonNode applied = FilesSite.json(site.done("apply", "monday.plan", "--yes"));
        assertThat(applied.path("changes")).hasSameSizeAs(planned.path("changes"));
        assertThat(applied.path("fingerprint")).isEqualTo(planned.path("fingerprint"));
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(FilesSite.json(site.done("plan")).path("changes")).isEmpty();
    }

    @Test
    void newChangesWait() {
        site.done("plan", "--out", "monday.plan");
        site.person(
                "edsger",
                p -> p.withArray("/agreements")
                        .addObject()
                        .put("dataset", "demo-iv/1.0")
                        .put("signedAt", "2026-11-01T00:00:00Z"));
        site.done("apply", "monday.plan", "--yes");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.canRead("user:edsger@example.org", FilesSite.IV)).isFalse();
    }

    @Test
    void editedByHandItIsRefused() {
        site.done("plan", "--out", "monday.plan");
        site.edit(plan, text -> text.replaceFirst("user:ada.lovelace@gmail.com", "user:mallory@gmail.com"));
        assertThat(refused("--yes")).contains("edited", "provisioner plan --out");
    }

    @Test
    void anEditOfWhatOnlyPeopleReadIsRefusedToo() {
        site.done("plan", "--out", "monday.plan");
        site.edit(plan, text -> text.replaceFirst("\"grant\" : \\d+", "\"grant\" : 1"));
        assertThat(refused("--yes")).contains("edited");
    }

    @Test
    void madeWithAtItIsRefused() {
        site.done("plan", "--out", "monday.plan", "--at", "2027-01-01T00:00:00Z");
        assertThat(refused("--yes")).contains("--at");
    }

    @Test
    void staleItIsRefusedAndTheRestIsAppliedIfAsked() {
        site.done("plan", "--out", "monday.plan");
        site.person("grace", p -> p.put("credentialed", false));
        assertThat(refused("--yes"))
                .contains("no longer planned", "user:grace@example.org", "--skip-moved")
                .doesNotContain("ada.lovelace");
        Program.Result rest = site.done("apply", "monday.plan", "--skip-moved", "--yes");
        assertThat(rest.err()).contains("user:grace@example.org");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isFalse();
    }

    @Test
    void noJsonOrHalfAFileIsRefused() throws Exception {
        Files.writeString(plan, "grant everybody\n");
        assertThat(refused("--yes")).contains("plan");
        Files.writeString(plan, "[]");
        assertThat(refused("--yes")).contains("no plan file");
        Files.writeString(plan, "");
        assertThat(refused("--yes")).contains("no plan file");
        Files.delete(plan);
        assertThat(refused("--yes")).contains("no such plan file");
        site.done("plan", "--out", "monday.plan");
        site.edit(plan, text -> text.substring(0, text.length() / 2));
        assertThat(refused("--yes")).contains("provisioner plan --out");
    }

    @Test
    void appendedTextIsAnEdit() {
        site.done("plan", "--out", "monday.plan");
        site.edit(plan, text -> text + "{}");
        assertThat(refused("--yes")).contains("plan file");
    }

    @Test
    void offATerminalItNeedsYesAndOnOneItAsks() {
        site.done("plan", "--out", "monday.plan");
        assertThat(refusedWithoutFile()).contains("--yes");
        site.program.on(new Terminal(false, true, true, 80, false)).typing("n\n");
        assertThat(refusedWithoutFile()).contains("[y/N]", "nothing was touched");
        site.program.typing("y\n");
        site.done("apply", "monday.plan");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
    }

    private String refusedWithoutFile() {
        Program.Result result = site.run("apply", "monday.plan");
        assertThat(result.code()).isEqualTo(2);
        assertThat(site.readers()).isEmpty();
        return result.err();
    }

    @Test
    void theFingerprintCoversOnlyTheChanges() throws Exception {
        String first = FilesSite.json(site.done("plan")).path("fingerprint").asText();
        assertThat(first).isNotBlank();
        Thread.sleep(2);
        assertThat(FilesSite.json(site.done("plan")).path("fingerprint").asText())
                .isEqualTo(first);
        site.person("donald", p -> p.put("username", "don"));
        assertThat(FilesSite.json(site.done("plan")).path("fingerprint").asText())
                .isEqualTo(first);
        site.person("grace", p -> p.put("credentialed", false));
        assertThat(FilesSite.json(site.done("plan")).path("fingerprint").asText())
                .isNotEqualTo(first);
    }
}

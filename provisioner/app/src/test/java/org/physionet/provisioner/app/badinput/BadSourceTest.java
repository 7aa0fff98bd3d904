package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** A source that is not what it should be ends nobody's access, and the program says where it is wrong. */
class BadSourceTest {
    @TempDir
    Path folder;

    private FilesSite site;
    private Set<String> before;

    @BeforeEach
    void aSiteAtWork() throws Exception {
        site = new FilesSite(folder);
        site.done("run");
        before = site.readers();
        assertThat(before).hasSizeGreaterThanOrEqualTo(8).contains(FilesSite.ADA + " " + FilesSite.IV);
        site.forgetCalls();
    }

    @AfterEach
    void end() {
        site.close();
    }

    private void nobodyIsTouched() {
        assertThat(site.readers()).isEqualTo(before);
        assertThat(site.writes()).isZero();
    }

    @Test
    void anEmptySourceRevokesNobody() throws Exception {
        Files.writeString(site.researchers(), "");
        Program.Result result = site.run("run");
        assertThat(result.code()).as(result.err()).isIn(1, 3);
        assertThat(result.err() + result.out()).containsIgnoringCase("empty").contains("researchers");
        nobodyIsTouched();
    }

    @Test
    void aTruncatedSourceRevokesNobodyAndTheLineIsNamed() {
        site.edit(site.researchers(), text -> text.substring(0, text.length() - 40));
        Program.Result result = site.run("run");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("researchers.ndjson", "12").contains("Correct the file");
        nobodyIsTouched();
    }

    @Test
    void aSourceCutInHalfAtALineRevokesNobody() {
        site.edit(
                site.researchers(),
                text -> String.join("\n", text.lines().limit(4).toList()) + "\n");
        Program.Result result = site.run("run");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err() + result.out()).contains("the source has shrunk", "12 → 4");
        nobodyIsTouched();
    }

    @Test
    void aSourceWithEveryLineTwiceFreezesEverybody() {
        site.edit(site.researchers(), text -> text + text);
        Program.Result result = site.run("run");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err() + result.out()).contains("too many unreadable rows");
        nobodyIsTouched();
        Program.Result doctor = site.run("doctor", "--no-clouds", "--output", "table");
        assertThat(doctor.out()).contains("researchers.ndjson").contains("once");
    }

    @Test
    void onePersonTwiceIsFrozenAndOnlyThey() throws Exception {
        List<String> lines = Files.readAllLines(site.researchers());
        site.edit(
                site.researchers(),
                text -> text + lines.get(0).replace("\"credentialed\": true", "\"credentialed\": false") + "\n");
        site.person("grace", p -> p.put("credentialed", false));
        Program.Result result = site.run("run");
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isFalse();
        Program.Result why = site.run("explain", "ada", "demo-iv/1.0", "--output", "table");
        assertThat(why.out()).contains("Undecided", "frozen", "neither granted nor revoked");
    }

    @Test
    void theOrderOfLinesDoesNotMatter() throws Exception {
        String decisions = site.done("eligibility", "--at", "2026-12-01T00:00:00Z", "--output", "ndjson")
                .out();
        List<String> lines = new ArrayList<>(Files.readAllLines(site.researchers()));
        Collections.shuffle(lines, new Random(7));
        Files.write(site.researchers(), lines);
        assertThat(site.done("eligibility", "--at", "2026-12-01T00:00:00Z", "--output", "ndjson")
                        .out())
                .isEqualTo(decisions);
        site.done("run");
        nobodyIsTouched();
    }

    @Test
    void aDatasetWithTwoRowsStopsTheRunAndBothAreNamed() {
        site.edit(site.datasets(), text -> text + "  - id: demo-iv/1.0\n    title: again\n    policy: open\n");
        Program.Result result = site.run("run");
        assertThat(result.code()).isIn(1, 2, 3);
        assertThat(result.err()).contains("demo-iv/1.0", "datasets.yaml");
        nobodyIsTouched();
    }

    @Test
    void anImpossibleAddressIsNotUsedAndWhatItsOwnerHadStaysAndNobodyElseIsDelayed() {
        site.person("ada", p -> google(p).put("id", "ada at example dot org"));
        site.person(
                "edsger",
                p -> p.withArray("/agreements")
                        .addObject()
                        .put("dataset", "demo-iv/1.0")
                        .put("signedAt", "2026-11-01T00:00:00Z"));
        Program.Result result = site.run("run");
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        assertThat(site.canRead("user:edsger@example.org", FilesSite.IV)).isTrue();
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(result.out() + result.err()).contains("left as it is", "can not be read");
        assertThat(site.run("explain", "ada", "demo-iv/1.0", "--output", "table")
                        .out())
                .contains("not usable", "ada at example dot org", "expected name@domain");
        assertThat(site.canRead("AIDAADAEXAMPLE000001", FilesSite.IV_PREFIX)).isTrue();
    }

    @Test
    void aMissingSourceLeavesAccessAsItIsButABlockStillWorks() throws Exception {
        Files.delete(site.researchers());
        Program.Result result = site.run("run");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("site").contains("researchers");
        nobodyIsTouched();
        Program.Result revoke = site.run("revoke", "grace", "--reason", "stolen laptop", "--yes");
        assertThat(revoke.code()).as(revoke.err()).isZero();
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isFalse();
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
    }

    private static ObjectNode google(ObjectNode person) {
        for (var account : (ArrayNode) person.path("accounts")) {
            if (account.path("kind").asText().equals("google")) {
                return (ObjectNode) account;
            }
        }
        throw new AssertionError("no Google account");
    }
}

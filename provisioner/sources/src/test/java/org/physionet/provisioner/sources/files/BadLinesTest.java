package org.physionet.provisioner.sources.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.BadRow;
import org.physionet.provisioner.engine.source.Snapshot.Freeze;
import org.physionet.provisioner.sources.Found;

/** A line that says who it is about, but not all of it properly, is reported and freezes that person, and nobody else. */
class BadLinesTest {
    private static final ResearcherId ADA = new ResearcherId("9");
    private static final ResearcherId GRACE = new ResearcherId("10");

    @TempDir
    Path path;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "active":true           | "active":"yes"              | active: expected true or false, found "yes"
            "active":true           | "activ":true                | active: expected true or false, found none
            "credentialed":true     | "credentialed":null         | credentialed: expected true or false, found none
            "username":"ada"        | "username":7                | username: expected a text, found 7
            "active":true           | "active":true,"name":"Ada"  | name: unknown key; known are
            "active":true           | "active":true,"country":"USA" | country: expected two letters of ISO 3166, found "USA"
            "active":true           | "active":true,"emails":"a@b.c" | emails: expected a list, found "a@b.c"
            "active":true           | "active":true,"emails":[""] | emails[0]: expected a text, found ""
            "training":"ethics"     | "training":null             | certificates[0].training: expected a text, found none
            "state":"accepted"      | "state":"ACCEPTED"          | certificates[0].state: expected one of in review, withdrawn, rejected, accepted, found "ACCEPTED"
            2026-01-01T00:00:00Z    | 2026-01-01                  | certificates[0].processedAt: expected a time like 2026-11-01T12:00:00.000000Z, found "2026-01-01"
            2026-01-01T00:00:00Z    | 2026-02-30T00:00:00Z        | certificates[0].processedAt: expected a time like
            2026-01-01T00:00:00Z    | 2026-01-01T00:00:00.0000001Z | certificates[0].processedAt: expected a time like
            "dataset":"vitals/1.0"  | "dataset":"vitals"          | agreements[0].dataset: dataset: expected slug/version, found "vitals"
            "signedAt"              | "signed"                    | agreements[0].signed: unknown key; known are dataset, signedAt
            "kind":"google",        |                             | accounts[0].kind: expected a text, found none
            "kind":"toy"            | "kind":"aws","account":"42" | accounts[1].account: AWS account: expected 12 digits, found "42"
            "kind":"toy"            | "kind":"toy","size":3       | accounts[1].size: expected a text, found 3
            "agreements":[          | "approvals":[{"dataset":"notes/2.0","state":"accepted","length":"14 days"}],"agreements":[ | approvals[0].length: expected a length like P1095D or P3Y, found "14 days"
            """)
    void isReportedByFileLineAndField(String sound, @Nullable String broken, String report) throws Exception {
        String line = TestFolder.ADA.replace(sound, broken == null ? "" : broken);
        Snapshot snapshot = new TestFolder(path)
                .write("researchers.ndjson", TestFolder.GRACE + "\n" + line)
                .read();
        assertThat(snapshot.badRows()).isNotEmpty();
        assertThat(snapshot.badRows())
                .extracting(BadRow::toString)
                .anyMatch(row -> row.startsWith("researchers.ndjson line 2, " + report));
        assertThat(snapshot.freezes()).extracting(Freeze::researcher).containsExactly(ADA);
        assertThat(snapshot.freezes()).allMatch(f -> f.dataset() == null && f.training() == null);
        assertThat(snapshot.researchers().keySet()).containsExactly(ADA, GRACE);
    }

    @Test
    void aFrozenPersonKeepsTheAccountsThatABlockWouldFollow() throws Exception {
        Snapshot snapshot = new TestFolder(path)
                .write("researchers.ndjson", TestFolder.ADA.replace("\"active\":true", "\"active\":1"))
                .read();
        Researcher ada = Found.researcher(snapshot, "9");
        assertThat(ada.active()).isFalse();
        assertThat(ada.accounts()).hasSize(2);
    }

    @Test
    void anUnreadableLengthDoesNotBecomeAnEndlessOne() throws Exception {
        Snapshot snapshot = new TestFolder(path)
                .write(
                        "researchers.ndjson",
                        TestFolder.ADA.replace(
                                "\"agreements\":[",
                                "\"approvals\":["
                                        + "{\"dataset\":\"notes/2.0\",\"state\":\"accepted\",\"length\":\"x\"}],\"agreements\":["))
                .read();
        assertThat(Found.researcher(snapshot, "9").approvals()).isEmpty();
    }

    @Test
    void aResearcherOnTwoLinesIsFrozenAndBothLinesAreNamed() throws Exception {
        Snapshot snapshot = new TestFolder(path)
                .write("researchers.ndjson", TestFolder.ADA + "\n" + TestFolder.GRACE + "\n")
                .write(
                        "researchers-2.ndjson",
                        "\n" + TestFolder.ADA.replace("\"credentialed\":true", "\"credentialed\":false"))
                .read();
        assertThat(snapshot.badRows())
                .extracting(BadRow::toString)
                .containsExactlyInAnyOrder(
                        "researchers.ndjson line 1, id: expected each researcher once, found 9 also at researchers-2.ndjson:2",
                        "researchers-2.ndjson line 2, id: expected each researcher once, found 9 also at researchers.ndjson:1");
        assertThat(snapshot.freezes()).extracting(Freeze::researcher).containsExactly(ADA);
        assertThat(snapshot.researchers()).hasSize(2);
    }

    @Test
    void twoResearchersOfOneUsernameAreBothFrozen() throws Exception {
        Snapshot snapshot = new TestFolder(path)
                .write("researchers.ndjson", TestFolder.ADA + "\n" + TestFolder.GRACE.replace("grace", "ada"))
                .read();
        assertThat(snapshot.freezes()).extracting(Freeze::researcher).containsExactlyInAnyOrder(ADA, GRACE);
        assertThat(snapshot.badRows())
                .extracting(BadRow::toString)
                .contains("researchers.ndjson line 2, username: expected each username once, found \"ada\" also at"
                        + " researchers.ndjson:1");
    }
}
